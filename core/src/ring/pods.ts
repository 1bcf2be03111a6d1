import { type Family, familyOf } from "../addresses/address.ts";
import { type AbortSignalLike, type Answer, answered, type Cluster, type KubeObject } from "../cluster/cluster.ts";
import type { RunRecord } from "../cluster/workloads.ts";
import { podIPs } from "../summary/families.ts";
import { selectorOf } from "./bodies.ts";

/** A pod of a run, as far as anybody asks. */
export interface RingPod {
  readonly name: string;
  readonly node: string;
  readonly ready: boolean;
  /** What keeps it from being ready, in the kubelet's or the scheduler's words. */
  readonly why: string;
  readonly addresses: Readonly<Partial<Record<Family, string>>>;
}

/** The pods of one part of a run. */
export async function ringPods(
  cluster: Cluster,
  run: RunRecord,
  part: string,
  signal: AbortSignalLike,
): Promise<Answer<readonly RingPod[]>> {
  const listed = await cluster.list(
    { apiVersion: "v1", resource: "pods" },
    { namespace: run.namespace, labelSelector: selectorOf(run, part), keep: keepOfPod, signal },
  );
  return listed.ok ? answered(listed.value.map(ringPod)) : listed;
}

/** A pod's managed fields and template are most of it, and there may be thousands. */
function keepOfPod({ metadata, spec, status }: KubeObject): KubeObject {
  const { phase, podIPs: ips, conditions, containerStatuses } = status ?? {};
  return {
    metadata: { name: metadata.name },
    spec: { nodeName: spec?.nodeName },
    status: { phase, podIPs: ips, conditions, containerStatuses },
  };
}

interface Condition {
  readonly type?: unknown;
  readonly status?: unknown;
  readonly message?: unknown;
}

function ringPod(pod: KubeObject): RingPod {
  const conditions = (pod.status?.conditions ?? []) as readonly Condition[];
  const waiting = (pod.status?.containerStatuses ?? [])[0]?.state?.waiting;
  const scheduled = conditions.find(({ type }) => type === "PodScheduled");
  const said = [waiting?.reason, waiting?.message ?? (scheduled?.status === "False" ? scheduled.message : undefined)];
  const words = said.filter((word) => typeof word === "string" && word !== "").join(": ");
  const addresses = podIPs(pod).map((ip) => [familyOf(ip), ip] as const);
  return {
    name: pod.metadata.name,
    node: typeof pod.spec?.nodeName === "string" ? pod.spec.nodeName : "",
    ready: conditions.some(({ type, status }) => type === "Ready" && status === "True") && addresses.length > 0,
    why: (words || `it is ${String(pod.status?.phase ?? "not there yet")}`).slice(0, 300),
    addresses: Object.fromEntries(addresses.filter(([family]) => family !== undefined)),
  };
}
