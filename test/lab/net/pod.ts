import { readdirSync } from "node:fs";
import type { LabPlan, NodePlan, PodPlan } from "../plan.ts";
import { ipBatch } from "../run.ts";
import { bridgedPodLines, bridgePortLines } from "./nodes.ts";
import { routedPodLines, routedPortLines } from "./routed.ts";
import { podSysctls, setSysctls } from "./underlay.ts";

/** The plan of a pod that comes to a node of a lab that is up: the `count`th such pod of the lab. */
export function laterPod(plan: LabPlan, node: NodePlan, name: string, namespace: string, count: number): PodPlan {
  const own = 100 + count;
  return {
    name,
    namespace,
    netns: `${plan.options.name}-x${count}`,
    node: node.index,
    image: "",
    app: "",
    addresses: Object.fromEntries(
      plan.families.map((family) => [
        family,
        family === "IPv4"
          ? `10.244.${node.index}.${own}`
          : `fd00:10:244:${node.index.toString(16)}::${own.toString(16)}`,
      ]),
    ),
    veth: `vethx${count}`,
  };
}

/** Makes a pod's network namespace and joins it to its node, as the lab's mode wants it. */
export async function joinPod(plan: LabPlan, node: NodePlan, pod: PodPlan): Promise<void> {
  const routed = plan.options.mode === "routed";
  await ipBatch("", [`netns add ${pod.netns}`]);
  await setSysctls(pod.netns, podSysctls);
  await ipBatch("", [
    `link add eth0 netns ${pod.netns} mtu ${plan.mtu} type veth peer name ${pod.veth} mtu ${plan.mtu} netns ${node.netns}`,
  ]);
  await ipBatch(node.netns, routed ? routedPortLines(pod) : bridgePortLines(pod));
  await ipBatch(pod.netns, routed ? routedPodLines(pod) : bridgedPodLines(node, pod));
}

/** Removes it; its veth pair goes with it. */
export async function leavePod({ netns }: PodPlan): Promise<void> {
  await ipBatch("", [`netns del ${netns}`]);
}

/** The namespaces of such pods that are there. */
export function laterNetns(lab: string): string[] {
  return readdirSync("/run/netns").filter((name) => name.startsWith(`${lab}-x`) && /-x\d+$/.test(name));
}
