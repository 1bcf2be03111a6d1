import type { Family } from "../addresses/address.ts";
import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import type { Hop } from "../judging/path.ts";

/** The way of a dial that failed. */
export interface WayView {
  readonly family: Family;
  readonly from: string;
  readonly to: string;
  /** A proven cause accounts for it. */
  readonly explained: boolean;
  /** The first station that fails. */
  readonly broken?: Hop;
  /** Where nobody saw it fail: the last station behind the pod that it was seen to pass. */
  readonly last?: Hop;
  readonly hops: readonly Hop[];
}

/** One for each dial whose hops are known, in the order of the dials. */
export function waysOf({ path, symptoms, verdicts }: Diagnosis): WayView[] {
  const explained = verdicts.filter(({ status }) => status === "proven").flatMap(({ explains }) => explains);
  return symptoms.flatMap(({ id, family, from, to }): WayView[] => {
    const hops = path.filter(({ symptom }) => symptom === id);
    const broken = hops.find(({ state }) => state === "fails");
    if (hops.length === 0) return [];
    // What is seen of the far pod says nothing of the way there.
    const last = broken ? undefined : hops.findLast(({ hop, state }) => state === "works" && beyondPod.has(hop));
    return [
      {
        family,
        from,
        to,
        explained: explained.includes(id),
        hops,
        ...(broken ? { broken } : {}),
        ...(last ? { last } : {}),
      },
    ];
  });
}

const beyondPod: ReadonlySet<Hop["hop"]> = new Set([
  "host side",
  "node forwarding",
  "policy",
  "Service rules",
  "encapsulation or route",
  "underlay",
  "far node",
]);
