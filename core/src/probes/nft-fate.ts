import { answered, refused } from "../cluster/cluster.ts";
import type { NftPacket } from "../linux/nft-match.ts";
import { parseNftRuleset } from "../linux/nft-ruleset.ts";
import { type NftFate, nftFate } from "../linux/nft-walk.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

export interface NftFateArgs {
  readonly at: Vantage;
  readonly packets: readonly NftPacket[];
  /** The tables that ip6tables made as well: nothing else shows them. */
  readonly whole?: true;
  /** Another container may have to be found that has nft, so that it is asked last, of all nodes at once. */
  readonly together: "nftables";
}

/** What nftables does to the very packets of a dial and of its answer: a fate a packet, in the same order. */
export const probe: ExecProbe<NftFateArgs, readonly NftFate[]> = {
  id: "nft-fate",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at, packets: [first] }) =>
    `what nftables of ${vantageName(at)} does to packets between ${first?.source} and ${first?.destination}`,
  types: () => ["nft", "-a", "list", "ruleset"],
  wants: () => [{ op: "nft" }],
  read: (reading, { packets, whole }) => {
    const text = reading.nft();
    if (!text.ok) return text;
    const ruleset = parseNftRuleset(text.value, whole);
    if (!ruleset) return refused("failed", "what nft printed is no ruleset");
    return answered(packets.map((packet) => nftFate(ruleset, packet)));
  },
  line: (fates) => {
    const ends = fates.flatMap(({ stopped, perhaps }) => {
      const stop = stopped ?? perhaps;
      return stop
        ? [`${stopped ? "" : "perhaps "}${stop.verdict} by "${stop.rule}" in ${stop.table} ${stop.chain}`]
        : [];
    });
    return [...new Set(ends)].join("; ") || "they pass";
  },
};
