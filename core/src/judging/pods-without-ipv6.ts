import type { Case } from "./cause.ts";
import type { Death } from "./proof.ts";
import type { ScenePod } from "./scene.ts";

interface WithoutIPv6 {
  readonly pods: ScenePod[];
  /** Those that have it. */
  readonly others: ScenePod[];
  readonly explains: string[];
}

/** The pods of the scene that the API shows without an IPv6 address, and the failures of dialling them or from them. */
export function podsWithoutIPv6({ scene, failures }: Case): WithoutIPv6 {
  const own = scene.pods.filter(({ hostNetwork }) => !hostNetwork);
  const pods = own.filter(({ ips }) => !ips.IPv6);
  const explains = failures
    .filter(({ flow, name }) => [flow?.from, flow?.toPod, name?.from].some((pod) => pod && pods.includes(pod)))
    .map(({ id }) => id);
  return { pods, others: own.filter(({ ips }) => ips.IPv6), explains };
}

/** A dial that fails since one of its ends has no IPv6 address, as the API shows; undefined if none does. */
export function diedWithoutAddress({ failures }: Case, pods: readonly ScenePod[]): Death | undefined {
  const dial = failures.find(({ flow }) => [flow?.toPod, flow?.from].some((pod) => pod && pods.includes(pod)));
  const [pod] = pods.filter((one) => one === dial?.flow?.toPod || one === dial?.flow?.from);
  return dial && pod && { how: "answer", dial, by: [pod] };
}

/** The nodes have pod ranges, and none of them is IPv6; a CNI with its own address management leaves them empty. */
export function rangesAreIPv4({ scene }: Case): boolean {
  const ranges = scene.allNodes.flatMap(({ podCIDRs }) => podCIDRs);
  return ranges.length > 0 && !ranges.some((range) => range.includes(":"));
}
