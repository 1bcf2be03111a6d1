import type { KubeObject } from "../cluster/cluster.ts";
import type { RingPlace } from "./design.ts";

/** A node on which nothing was or will be dialled. */
export interface NodeNotLooked {
  readonly node: string;
  /** Completes "not looked: ". */
  readonly why: string;
}

export interface Eligible {
  readonly places: readonly RingPlace[];
  readonly not: readonly NodeNotLooked[];
}

/** Which nodes can be looked at: ready ones for Linux that take new pods. `tainted`: also those with taints of their owners. */
export function eligibleNodes(nodes: readonly KubeObject[], tainted: boolean): Eligible {
  const places: RingPlace[] = [];
  const not: NodeNotLooked[] = [];
  for (const node of nodes) {
    const why = hindranceOf(node, tainted);
    if (why === undefined) places.push(placeOf(node));
    else not.push({ node: node.metadata.name, why });
  }
  return { places, not };
}

interface Taint {
  readonly key?: unknown;
  readonly effect?: unknown;
}

function hindranceOf(node: KubeObject, tainted: boolean): string | undefined {
  const { labels = {} } = node.metadata;
  const ready = (node.status?.conditions as readonly { type?: unknown; status?: unknown }[] | undefined)?.find(
    ({ type }) => type === "Ready",
  );
  if (ready?.status !== "True") return ready ? "it is not ready" : "it says nothing of being ready";
  if (node.spec?.unschedulable === true) return "it is cordoned";
  if ((labels["kubernetes.io/os"] ?? "linux") !== "linux") return "it does not run Linux";
  const taints = ((node.spec?.taints ?? []) as readonly Taint[]).filter(({ effect }) => effect !== "PreferNoSchedule");
  const [first] = taints;
  return first && !tainted ? `it has the taint ${String(first.key)}` : undefined;
}

/** https://kubernetes.io/docs/reference/labels-annotations-taints/#topologykubernetesiozone */
export function placeOf({ metadata: { name, labels = {} }, status }: KubeObject): RingPlace {
  const { osImage, kernelVersion, architecture } = status?.nodeInfo ?? {};
  const kind = [osImage, kernelVersion, architecture, labels["node.kubernetes.io/instance-type"]];
  return {
    node: name,
    zone: labels["topology.kubernetes.io/zone"] ?? labels["failure-domain.beta.kubernetes.io/zone"] ?? "",
    kind: kind.filter((word) => typeof word === "string" && word !== "").join(", "),
  };
}

/** What is compared of a node, and what decides whether it is looked at: a list of its images is most of it. */
export function keepOfNode({ metadata, spec, status }: KubeObject): KubeObject {
  const { name, labels, annotations } = metadata;
  const { podCIDR, podCIDRs, unschedulable, taints } = spec ?? {};
  const { addresses, conditions, nodeInfo, allocatable } = status ?? {};
  const states = Array.isArray(conditions) ? conditions.map(({ type, status: is }) => ({ type, status: is })) : [];
  return {
    metadata: { name, ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) },
    spec: { podCIDR, podCIDRs, unschedulable, taints },
    status: { addresses, conditions: states, nodeInfo, allocatable },
  };
}
