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

/**
 * What stops failed dials on the nodes they pass. nftables, for which another container may have to be found, is only asked
 * where ip6tables does not answer the question.
 */
export function* filterStops(subject: Case, lost: readonly Symptom[]): Asking<FilterStops> {
  const nodes = nodesOn(subject, lost);
  const stops: FilterStop[] = [];
  const unsure: FilterStop[] = [];
  const looked: Ground[] = [];
  let unreadable: string | undefined;
  for (const node of nodes) {
    const tables = yield* filteredOn(subject, node, lost);
    looked.push(...tables.looked);
    unreadable ??= tables.unreadable;
    if (!tables.dropped) {
      if (tables.unsure)
        unsure.push({
          node,
          verdict: "drop",
          sure: false,
          ...tables.unsure,
          hook: tables.unsure.hook.toLowerCase(),
          says: `on node ${node.name} ${tables.unsure.says}`,
        });
      continue;
    }
    const { rule, chain, hook, verdict, moved, symptoms, by, what } = tables.dropped;
    const says = `on node ${node.name} ip6tables stops ${what}: ${rule} took ${moved} packets`;
    const lower = verdict === "REJECT" ? "reject" : "drop";
    stops.push({ node, verdict: lower, hook: hook.toLowerCase(), chain, says, sure: true, symptoms, by });
  }
  if (stops.length > 0) return { stops, looked };
  for (const node of nodes) {
    const nft = yield* nftStopsOn(subject, node, lost);
    looked.push(...nft.looked);
    unreadable ??= nft.unreadable;
    if (!nft.stop) continue;
    const { rule, table, chain, hook, verdict, packets, symptoms, by, what, sure } = nft.stop;
    const counted = packets === undefined ? "" : `, which has counted ${packets} packets`;
    const says = `on node ${node.name} nftables stops ${what}: "${rule}" in ${table} ${chain}${counted}`;
    stops.push({ node, verdict, hook, chain, says, sure: sure && packets !== 0, symptoms, by });
  }
  return { stops: [...stops, ...unsure], looked, ...(unreadable === undefined ? {} : { unreadable }) };
}
