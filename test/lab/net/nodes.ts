import type { Family } from "../options.ts";
import type { LabPlan, NodePlan, PodPlan } from "../plan.ts";
import { router } from "../plan.ts";
import { ipBatch, must } from "../run.ts";
import { routedNodeLines, routedPodLines } from "./routed.ts";
import { directRoutes, rangesOf } from "./routes.ts";

/** Gives every node and pod its interfaces, addresses and routes, as the lab's mode wants them. */
export async function buildNodes(plan: LabPlan): Promise<void> {
  const routed = plan.options.mode === "routed";
  await Promise.all(
    plan.nodes.map(async (node) => {
      const own = [...plan.pods, plan.dns].filter((pod) => pod.node === node.index);
      if (plan.options.ra)
        await must(["ip", "netns", "exec", node.netns, "sysctl", "-qw", "net.ipv6.conf.eth0.accept_ra=2"]);
      const inside = routed ? routedNodeLines(plan, node, own) : bridgedNodeLines(plan, node, own);
      await ipBatch(node.netns, [...uplinkLines(plan, node), ...inside]);
      const fdb = forwardingLines(plan, node);
      if (fdb.length > 0) await must(["bridge", "-n", node.netns, "-batch", "-"], { input: `${fdb.join("\n")}\n` });
      await Promise.all(
        own.map((pod) => ipBatch(pod.netns, routed ? routedPodLines(pod) : bridgedPodLines(node, pod))),
      );
    }),
  );
}

function uplinkLines(plan: LabPlan, node: NodePlan): string[] {
  const lines = ["link set lo up", "link set eth0 up"];
  if (node.addresses.IPv4)
    lines.push(`addr add ${node.addresses.IPv4}/16 dev eth0`, `route add default via ${router.IPv4}`);
  if (node.addresses.IPv6) lines.push(`addr add ${node.addresses.IPv6}/64 dev eth0`);
  if (node.addresses.IPv6 && !plan.options.ra) lines.push(`route add default via ${router.IPv6}`);
  return lines;
}

function bridgedNodeLines(plan: LabPlan, node: NodePlan, pods: readonly PodPlan[]): string[] {
  // With an address of its own: it would take the lowest of its ports, and lose who knows the old one when a pod comes or goes.
  const address = `0a:58:00:00:00:${node.index.toString(16).padStart(2, "0")}`;
  const lines = [`link add cni0 mtu ${plan.mtu} address ${address} type bridge`, "link set cni0 up"];
  for (const family of rangesOf(node)) lines.push(`addr add ${node.gateway[family]}/${bits[family]} dev cni0`);
  for (const pod of pods) lines.push(...bridgePortLines(pod));
  return [...lines, ...(plan.options.mode === "bridge" ? directRoutes(plan, node) : overlayLines(plan, node))];
}

/** The node's part of a pod on a bridge. */
export function bridgePortLines({ veth }: PodPlan): string[] {
  return [`link set ${veth} master cni0 up`, `link set ${veth} type bridge_slave hairpin on`];
}

/** The node's prefix per family on a bridge. */
const bits: Record<Family, number> = { IPv4: 24, IPv6: 64 };

/** The VXLAN device of a mode, named as flannel names it. */
export function overlayDevice(plan: LabPlan): string {
  return plan.options.mode === "vxlan6" ? "flannel-v6.1" : "flannel.1";
}

function overlayLines(plan: LabPlan, node: NodePlan): string[] {
  const device = overlayDevice(plan);
  const six = plan.options.mode === "vxlan6";
  const local = six ? `${node.addresses.IPv6}` : `${node.addresses.IPv4}`;
  const checksums = six ? " udp6zerocsumtx udp6zerocsumrx" : "";
  const lines = [
    `link add ${device} address ${mac(node)} mtu ${plan.mtu} type vxlan id 1 dstport 8472 local ${local} dev eth0 nolearning${checksums}`,
    ...rangesOf(node).map(
      (family) => `addr add ${overlayAddress(node, family)}/${family === "IPv6" ? 128 : 32} dev ${device}`,
    ),
    `link set ${device} up`,
  ];
  for (const other of plan.nodes.filter((each) => each.index !== node.index))
    for (const family of rangesOf(other).filter((each) => node.podCidr[each])) {
      const via = overlayAddress(other, family);
      lines.push(`neigh add ${via} lladdr ${mac(other)} dev ${device} nud permanent`);
      lines.push(`route add ${other.podCidr[family]} via ${via} dev ${device} onlink`);
    }
  return lines;
}

/** Makes a node's routes to the other nodes' pods again, whatever became of them. */
export async function restoreRoutes(plan: LabPlan, name: string): Promise<void> {
  const node = plan.nodes.find((each) => each.name === name);
  if (!node) throw new Error(`the lab has no node ${name}`);
  const lines = plan.options.mode.startsWith("vxlan")
    ? overlayLines(plan, node)
    : directRoutes(plan, node, plan.options.mode === "routed" ? " proto bird" : "");
  const routes = lines.filter((line) => line.startsWith("route add"));
  await ipBatch(
    node.netns,
    routes.map((line) => line.replace("route add", "route replace")),
  );
}

function forwardingLines(plan: LabPlan, node: NodePlan): string[] {
  if (!plan.options.mode.startsWith("vxlan")) return [];
  const family = plan.options.mode === "vxlan6" ? "IPv6" : "IPv4";
  return plan.nodes
    .filter((other) => other.index !== node.index)
    .map(
      (other) => `fdb append ${mac(other)} dev ${overlayDevice(plan)} dst ${other.addresses[family]} self permanent`,
    );
}

function overlayAddress(node: NodePlan, family: Family): string {
  return `${node.podCidr[family]}`.replace(/\/\d+$/, "");
}

function mac(node: NodePlan): string {
  return `02:00:00:00:00:${node.index.toString(16).padStart(2, "0")}`;
}

export function bridgedPodLines(node: NodePlan, pod: PodPlan): string[] {
  const lines = ["link set lo up", "link set eth0 up"];
  for (const family of ["IPv4", "IPv6"] as const) {
    if (!pod.addresses[family]) continue;
    lines.push(
      `addr add ${pod.addresses[family]}/${bits[family]} dev eth0`,
      `route add default via ${node.gateway[family]}`,
    );
  }
  return lines;
}
