import { isDormant } from "./nft-ruleset.ts";

/** What `nft -j list ruleset` says about IPv6 beside what ip6tables shows; see {@link https://manpages.debian.org/libnftables-json.5}. */
export interface NftRuleSet {
  /** "inet firewalld", "ip6 kube-proxy" */
  readonly tables: readonly string[];
  /** Chains with rules that translate source addresses of their own accord, not those that ask for a mark: "ip6 flannel-ipv6 postrtg". */
  readonly masquerades: readonly string[];
  /** What may drop or reject a packet. */
  readonly drops: readonly NftDrop[];
}

export interface NftDrop {
  /** "inet firewalld filter_FORWARD" */
  readonly chain: string;
  /** "forward", "input" ...; undefined for a chain that others call */
  readonly hook: string | undefined;
  /** "drop", "reject", "policy drop" */
  readonly how: string;
  /** Packets so far; undefined where the rule does not count. */
  readonly packets: number | undefined;
}

/** undefined for what is no such JSON. */
export function parseNft(text: string): NftRuleSet | undefined {
  const items = itemsOf(text);
  if (!items) return undefined;
  const dormant = new Set(
    items.flatMap(({ table }) => (table && isDormant(table) ? `${table.family} ${table.name}` : [])),
  );
  const seen = items.filter(
    ({ table, chain, rule }) =>
      isOurs(table ?? chain ?? rule) && !dormant.has(`${(chain ?? rule)?.family} ${(chain ?? rule)?.table}`),
  );
  const rules = seen.flatMap(({ rule }) => rule ?? []);
  const chains = seen.flatMap(({ chain }) => chain ?? []);
  const hookOf = (rule: Entry) => chains.find((chain) => inTable(chain, rule) && chain.name === rule.chain)?.hook;
  return {
    tables: seen.flatMap(({ table }) => (table ? `${table.family} ${table.name}` : [])),
    masquerades: rules
      .filter((rule, index) => translates(rule) && !rules.slice(0, index).some((one) => sparesUnmarked(one, rule)))
      .map(chainOf),
    drops: [
      ...chains
        .filter(({ policy }) => policy === "drop")
        .map((chain) => ({
          chain: chainOf({ ...chain, chain: chain.name }),
          hook: chain.hook,
          how: "policy drop",
          packets: undefined,
        })),
      ...rules.flatMap((rule) => {
        const how = ["drop", "reject"].find((verdict) => expressions(rule).some((one) => verdict in one));
        return how ? { chain: chainOf(rule), hook: hookOf(rule), how, packets: countOf(rule) } : [];
      }),
    ],
  };
}

interface Entry {
  readonly flags?: unknown;
  readonly family?: string;
  readonly name?: string;
  readonly table?: string;
  readonly chain?: string;
  readonly hook?: string;
  readonly policy?: string;
  readonly expr?: unknown;
}

type Item = { readonly [kind in "table" | "chain" | "rule"]?: Entry };

function itemsOf(text: string): readonly Item[] | undefined {
  try {
    const { nftables } = JSON.parse(text) as { nftables?: unknown };
    return Array.isArray(nftables) ? nftables.filter((item) => typeof item === "object" && item !== null) : undefined;
  } catch {
    return undefined;
  }
}

/** IPv6 passes it, and it is none of the tables that ip6tables keeps there and shows itself. */
function isOurs(entry: Entry | undefined): boolean {
  const { family = "", table, name } = entry ?? {};
  if (family === "ip6") return !iptablesTables.has(table ?? name ?? "");
  return family === "inet" || family === "bridge" || family === "netdev";
}

const iptablesTables = new Set(["filter", "nat", "mangle", "raw", "security"]);

function inTable(chain: Entry, rule: Entry): boolean {
  return chain.family === rule.family && chain.table === rule.table;
}

function chainOf({ family, table, chain }: Entry): string {
  return `${family} ${table} ${chain}`;
}

function expressions({ expr }: Entry): readonly Record<string, unknown>[] {
  return Array.isArray(expr) ? expr.filter((one) => typeof one === "object" && one !== null) : [];
}

function translates(rule: Entry): boolean {
  const all = expressions(rule);
  return all.some((one) => "masquerade" in one || "snat" in one) && !asksForMark(rule);
}

function asksForMark(rule: Entry): boolean {
  return /"key":\s*"mark"/.test(JSON.stringify(expressions(rule)));
}

/** As kube-proxy writes it: what has no mark leaves the chain before it comes to the rule that translates. */
function sparesUnmarked(earlier: Entry, rule: Entry): boolean {
  const leaves = expressions(earlier).some((one) => "return" in one || "accept" in one);
  return leaves && chainOf(earlier) === chainOf(rule) && asksForMark(earlier);
}

function countOf(rule: Entry): number | undefined {
  const counter = expressions(rule).find((one) => "counter" in one)?.counter as
    | { packets?: unknown }
    | null
    | undefined;
  return typeof counter?.packets === "number" ? counter.packets : undefined;
}
