import { type Family, familyOf } from "../addresses/address.ts";
import type { Answer, KubeObject } from "../cluster/cluster.ts";
import type { Inventory } from "./inventory.ts";

/** Which families something has, and how that is known. */
export interface FamilyState {
  /** In the order in which the cluster prefers them; empty if not known. */
  readonly families: readonly Family[];
  /** The ranges behind it, as written; empty where only single addresses were seen. */
  readonly ranges: readonly string[];
  /** One sentence: what says so, or why it is not known. */
  readonly why: string;
  /** False if a family that is not listed may exist all the same. */
  readonly complete: boolean;
}

/**
 * The families of Service addresses. The first range is the family of a Service that does not ask for one.
 * https://kubernetes.io/docs/concepts/services-networking/dual-stack/#configure-ipv4-ipv6-dual-stack
 */
export function clusterServiceFamilies({ serviceCIDRs, pods, services }: Inventory): FamilyState {
  const declared = objects(serviceCIDRs).find(({ metadata }) => metadata.name === "kubernetes")?.spec?.cidrs;
  if (isTexts(declared)) {
    // Ranges that were added give addresses as well, but no family to those who ask for none.
    const all = objects(serviceCIDRs).flatMap(({ spec }): readonly string[] =>
      isTexts(spec?.cidrs) ? spec.cidrs : [],
    );
    const ranges = [...new Set([...declared, ...all])];
    return { ...stated(declared, `ServiceCIDR kubernetes lists ${declared.join(", ")}`), ranges };
  }
  const flag = flagOf(objects(pods), "kube-apiserver", "--service-cluster-ip-range");
  if (flag) return stated(flag.value.split(","), `${flag.pod} runs with --service-cluster-ip-range=${flag.value}`);
  return seenInServices(services);
}

/** The families of pod addresses: what the nodes are given, else what pods were seen to have. */
export function podFamilies({ nodes, pods }: Inventory): FamilyState {
  const assigned = objects(nodes).map(podCIDRs);
  const flag = flagOf(objects(pods), "kube-controller-manager", "--cluster-cidr");
  if (flag) return stated(flag.value.split(","), `${flag.pod} runs with --cluster-cidr=${flag.value}`);
  const first = assigned.find((ranges) => ranges.length > 0);
  if (first) {
    const count = assigned.filter((ranges) => ranges.length > 0).length;
    const families = familiesInTexts(assigned.flat(), familiesInTexts(first));
    const why = `podCIDRs of ${count} of ${assigned.length} nodes, the first with ${first.join(", ")}`;
    return { families, ranges: [...new Set(assigned.flat())], why, complete: true };
  }
  return seenInPods(pods, nodes);
}

/** The families of the nodes' own addresses, from every InternalIP. */
export function nodeFamilies({ nodes }: Inventory): FamilyState {
  if (!nodes.ok) return unknown(nodes.refusal.message);
  const families = familiesInTexts(nodes.value.flatMap(internalIPs));
  const complete = nodes.value.length > 0;
  return { families, ranges: [], why: `InternalIP addresses of ${nodes.value.length} nodes`, complete };
}

/** `status.addresses` of type InternalIP, in their order: the first is the one the cluster talks to. */
export function internalIPs(node: KubeObject): readonly string[] {
  const addresses: readonly { type?: unknown; address?: unknown }[] = node.status?.addresses ?? [];
  return addresses.flatMap(({ type, address }) =>
    type === "InternalIP" && typeof address === "string" ? [address] : [],
  );
}

/** `spec.podCIDRs`, or the older `spec.podCIDR`; empty where the CNI does its own address management. */
export function podCIDRs(node: KubeObject): readonly string[] {
  const { podCIDRs: list, podCIDR: single } = node.spec ?? {};
  if (isTexts(list)) return list;
  return typeof single === "string" && single !== "" ? [single] : [];
}

/** Every address of a pod, the first being the one it is known by. */
export function podIPs(pod: KubeObject): readonly string[] {
  const list: readonly { ip?: unknown }[] = pod.status?.podIPs ?? [];
  return list.flatMap(({ ip }) => (typeof ip === "string" ? [ip] : []));
}

/** The families of addresses and prefixes in the order of their first appearance, after those of `first`. */
export function familiesInTexts(texts: readonly string[], first: readonly Family[] = []): readonly Family[] {
  const found = texts.map(familyOf).filter((family) => family !== undefined);
  return [...new Set([...first, ...found])];
}

/** The objects of a list that was answered, else none. */
export function objects(answer: Answer<readonly KubeObject[]>): readonly KubeObject[] {
  return answer.ok ? answer.value : [];
}

function seenInServices(services: Answer<readonly KubeObject[]>): FamilyState {
  if (!services.ok) return unknown(services.refusal.message);
  const api = services.value.find(({ metadata }) => metadata.namespace === "default" && metadata.name === "kubernetes");
  const families = familiesInTexts(services.value.flatMap(clusterIPs), familiesInTexts(api ? clusterIPs(api) : []));
  if (families.length === 0) return unknown("no Service with a cluster IP was seen");
  const why = `cluster IPs of ${services.value.length} Services; the ranges themselves were not seen`;
  return { families, ranges: [], why, complete: families.length === 2 };
}

function seenInPods(pods: Answer<readonly KubeObject[]>, nodes: Answer<readonly KubeObject[]>): FamilyState {
  const own = objects(pods).filter((pod) => pod.spec?.hostNetwork !== true && podIPs(pod).length > 0);
  const families = familiesInTexts(own.flatMap(podIPs));
  if (families.length > 0) {
    const rest = nodes.ok ? "the nodes have no podCIDRs" : nodes.refusal.message;
    const why = `addresses of ${own.length} pods in kube-system; ${rest}`;
    return { families, ranges: [], why, complete: true };
  }
  if (!nodes.ok) return unknown(nodes.refusal.message);
  return unknown(
    pods.ok ? "the nodes have no podCIDRs, and no pod with an address of its own was seen" : pods.refusal.message,
  );
}

/** `spec.clusterIPs` without the "None" of a headless Service. */
export function clusterIPs(service: KubeObject): readonly string[] {
  const list = service.spec?.clusterIPs ?? [service.spec?.clusterIP];
  return isTexts(list) ? list.filter((address) => address !== "None" && address !== "") : [];
}

function stated(ranges: readonly string[], why: string): FamilyState {
  return { families: familiesInTexts(ranges), ranges, why, complete: true };
}

function unknown(why: string): FamilyState {
  return { families: [], ranges: [], why, complete: false };
}

/** A flag of a control-plane component that runs as a static pod, as kubeadm sets it up. */
function flagOf(
  pods: readonly KubeObject[],
  component: string,
  flag: string,
): { pod: string; value: string } | undefined {
  for (const pod of pods.filter(({ metadata }) => metadata.labels?.component === component)) {
    for (const { command = [], args = [] } of pod.spec?.containers ?? []) {
      const word = [...command, ...args].find((each: string) => each.startsWith(`${flag}=`));
      if (typeof word === "string" && word.length > flag.length + 1) {
        return { pod: pod.metadata.name, value: word.slice(flag.length + 1) };
      }
    }
  }
  return undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string");
}
