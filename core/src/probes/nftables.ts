import { answered, refused } from "../cluster/cluster.ts";
import { type NftRuleSet, parseNft } from "../linux/nft.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

/** What nftables itself holds on a node, beside what ip6tables shows of it. */
export const probe: ExecProbe<{ readonly at: Vantage }, NftRuleSet> = {
  id: "nftables",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at }) => `the nftables rules of ${vantageName(at)}`,
  types: () => ["nft", "list", "ruleset"],
  wants: () => [{ op: "nft" }],
  read: (reading) => {
    const text = reading.nft();
    if (!text.ok) return text;
    const rules = parseNft(text.value);
    return rules ? answered(rules) : refused("failed", "what nft printed is no ruleset");
  },
  line: ({ tables, masquerades, drops }) => {
    const hit = drops
      .filter(({ packets }) => packets !== 0)
      .map(({ chain, how, packets }) => `${chain}: ${how}${packets === undefined ? "" : ` (${packets} packets)`}`);
    return [
      tables.length > 0 ? `tables ${tables.join(", ")}` : "no table beside those of ip6tables",
      ...hit.slice(0, 5),
      ...masquerades.slice(0, 2).map((chain) => `masquerades in ${chain}`),
    ].join("; ");
  },
};
