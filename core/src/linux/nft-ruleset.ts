import { asText } from "../text/as-text.ts";

/** What `nft -j list ruleset` prints, see {@link https://man7.org/linux/man-pages/man5/libnftables-json.5.html}. */
export interface NftRuleset {
  readonly chains: readonly NftChain[];
  /** Elements of named sets and maps, by "family table name". */
  readonly sets: Readonly<Record<string, readonly unknown[]>>;
}

export interface NftChain {
  /** "inet firewalld" */
  readonly table: string;
  readonly name: string;
  /** undefined for a chain that only others jump to; "bridge input" for what a bridge passes on. */
  readonly hook: string | undefined;
  /** Of hooks of a device, which: undefined where nft does not print it. */
  readonly devices: readonly string[] | undefined;
  readonly type: string;
  readonly priority: number;
  readonly policy: string;
  /** Its table may be dormant, in which no chain is passed: nft up to 1.0.6 prints something else for a table's only flag. */
  readonly perhapsDormant?: true;
  readonly rules: readonly NftRule[];
}

export interface NftRule {
  readonly statements: readonly Statement[];
  /** Packets so far, of a rule that counts. */
  readonly packets: number | undefined;
}

/** `{ match: ... }`, `{ counter: ... }`, `{ drop: null }`: one key, and what stands behind it. */
export type Statement = Readonly<Record<string, unknown>>;

/** Parses the output; undefined if it is none. Tables that ip6tables made are left out unless it is to be `whole`: ip6tables-save shows them. */
export function parseNftRuleset(text: string, whole = false): NftRuleset | undefined {
  const objects = objectsIn(text);
  if (!objects) return undefined;
  const of = (kind: string) => objects.flatMap((one) => (isRecord(one) && isRecord(one[kind]) ? [one[kind]] : []));
  const chains = of("chain");
  const foreign = new Set(whole ? [] : chains.filter(isIptablesChain).map(tableOf));
  const dormant = new Map(of("table").map((table) => [`${table.family} ${table.name}`, isDormant(table)]));
  const rules = of("rule");
  return {
    chains: chains
      .filter((chain) => seesIPv6(chain) && !foreign.has(tableOf(chain)) && dormant.get(tableOf(chain)) !== true)
      .map((chain) => ({
        table: tableOf(chain),
        name: asText(chain.name),
        hook: hookOf(chain),
        devices: chain.dev === undefined ? undefined : [chain.dev].flat().map(asText),
        type: asText(chain.type ?? ""),
        priority: Number(chain.prio ?? 0),
        policy: asText(chain.policy ?? "accept"),
        ...(dormant.has(tableOf(chain)) && dormant.get(tableOf(chain)) === undefined ? { perhapsDormant: true } : {}),
        rules: rules.filter((rule) => tableOf(rule) === tableOf(chain) && rule.chain === chain.name).map(asRule),
      })),
    sets: Object.fromEntries(
      [...of("set"), ...of("map")].map((set) => [
        `${tableOf(set)} ${set.name}`,
        Array.isArray(set.elem) ? set.elem : [],
      ]),
    ),
  };
}

type Json = Readonly<Record<string, unknown>>;

function objectsIn(text: string): readonly unknown[] | undefined {
  try {
    const parsed = JSON.parse(text) as { nftables?: unknown };
    return Array.isArray(parsed?.nftables) ? parsed.nftables : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tableOf({ family, table }: Json): string {
  return `${family} ${table}`;
}

const tableFlags = new Set(["dormant", "owner", "persist"]);

/** Whether the chains of a table are passed by nobody: `flags dormant`. undefined: what is printed is no flag. */
export function isDormant({ flags }: { readonly flags?: unknown }): boolean | undefined {
  const all = flags === undefined ? [] : [flags].flat();
  if (all.includes("dormant")) return true;
  return all.every((flag) => tableFlags.has(asText(flag))) ? false : undefined;
}

/** IPv6 packets pass the hooks of these families: those of a device before any other, and those of a bridge in its ports. */
function seesIPv6({ family }: Json): boolean {
  return family === "ip6" || family === "inet" || family === "netdev" || family === "bridge";
}

function hookOf({ family, hook }: Json): string | undefined {
  if (typeof hook !== "string") return undefined;
  return family === "bridge" ? `bridge ${hook}` : hook;
}

function isIptablesChain({ family, name, table }: Json): boolean {
  return (
    family === "ip6" &&
    /^(filter|nat|mangle|raw|security)$/.test(asText(table)) &&
    /^(INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING)$/.test(asText(name))
  );
}

function asRule({ expr }: Json): NftRule {
  const statements = (Array.isArray(expr) ? expr : []).filter(isRecord);
  const counter = statements.map(({ counter: one }) => one).find(isRecord);
  return { statements, packets: typeof counter?.packets === "number" ? counter.packets : undefined };
}
