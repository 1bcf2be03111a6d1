import type { Asking } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { nodesOn } from "./failures.ts";
import { filteredOn } from "./filtered.ts";
import { nftStopsOn } from "./nft-stops.ts";
import type { Ground } from "./proof.ts";
import type { SceneNode } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/** A rule of either packet filter that stops our packets. */
export interface FilterStop {
  readonly node: SceneNode;
  readonly verdict: "drop" | "reject";
  /** prerouting, forward, input ... */
  readonly hook: string;
  readonly chain: string;
  /** `the rule "..." of ip6tables took 3 packets` */
  readonly says: string;
  readonly sure: boolean;
  readonly symptoms: readonly [Symptom, ...Symptom[]];
  readonly by: readonly [Ground, ...Ground[]];
}

export interface FilterStops {
  readonly stops: readonly FilterStop[];
  readonly looked: readonly Ground[];
  /** Why one of the filters could not be read. */
  readonly unreadable?: string;
}

/** What stops failed dials on the nodes they pass, in ip6tables and in nftables. */
export function* filterStops(subject: Case, lost: readonly Symptom[]): Asking<FilterStops> {
  const stops: FilterStop[] = [];
  const looked: Ground[] = [];
  let unreadable: string | undefined;
  for (const node of nodesOn(subject, lost)) {
    const tables = yield* filteredOn(subject, node, lost);
    const nft = yield* nftStopsOn(subject, node, lost);
    looked.push(...tables.looked, ...nft.looked);
    unreadable ??= tables.unreadable ?? nft.unreadable;
    if (tables.dropped) {
      const { rule, chain, hook, verdict, moved, symptoms, by, what } = tables.dropped;
      const says = `on node ${node.name} ip6tables stops ${what}: ${rule} took ${moved} packets`;
      const lower = verdict === "REJECT" ? "reject" : "drop";
      stops.push({ node, verdict: lower, hook: hook.toLowerCase(), chain, says, sure: true, symptoms, by });
    }
    if (nft.stop) {
      const { rule, table, chain, hook, verdict, packets, symptoms, by, what, sure } = nft.stop;
      const counted = packets === undefined ? "" : `, which has counted ${packets} packets`;
      const says = `on node ${node.name} nftables stops ${what}: "${rule}" in ${table} ${chain}${counted}`;
      stops.push({ node, verdict, hook, chain, says, sure: sure && packets !== 0, symptoms, by });
    }
  }
  return { stops, looked, ...(unreadable === undefined ? {} : { unreadable }) };
}
