import type { Case } from "./cause.ts";
import type { Death } from "./proof.ts";
import { asksInVain } from "./same-fate.ts";
import type { ScenePod } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

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
  const explains = failures.filter((one) => pods.some((pod) => diesFor(one, pod))).map(({ id }) => id);
  return { pods, others: own.filter(({ ips }) => ips.IPv6), explains };
}

/** What is to have no address, or cannot send over IPv6 at all; whom a server answered, or a target without an address, fails of that. */
function diesFor(one: Symptom, pod: ScenePod): boolean {
  const { flow, outcome } = one;
  return flow?.from === pod && flow.toPod !== pod
    ? outcome !== "no-address" && outcome !== "refused"
    : flow?.toPod === pod || asksInVain(one, pod);
}

/** A dial that fails since one of its ends has no IPv6 address, as the API shows; undefined if none does. */
export function diedWithoutAddress({ failures }: Case, pods: readonly ScenePod[]): Death | undefined {
  const dial = failures.find((one) => one.flow && pods.some((pod) => diesFor(one, pod)));
  const pod = dial && pods.find((one) => diesFor(dial, one));
  return dial && pod && { how: "answer", dial, by: [pod] };
}

/** The nodes have pod ranges, and none of them is IPv6; a CNI with its own address management leaves them empty. */
export function rangesAreIPv4({ scene }: Case): boolean {
  const ranges = scene.allNodes.flatMap(({ podCIDRs }) => podCIDRs);
  return ranges.length > 0 && !ranges.some((range) => range.includes(":"));
}
