import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { lines } from "./lines.ts";

/** A line of `ip -6 rule show`, see {@link https://man7.org/linux/man-pages/man8/ip-rule.8.html}. */
export interface RoutingRule {
  readonly priority: number;
  /** "from fd00:10:244:1::/64 lookup 100" */
  readonly text: string;
  /** undefined: all */
  readonly from?: string;
  readonly to?: string;
  readonly iif?: string;
  /** It asks for something else, as for a mark, or for the opposite. */
  readonly asksMore: boolean;
  /** The table that is looked up; undefined where the rule itself rejects. */
  readonly table?: string;
}

/** Parses it; undefined if it is none: every node has the rule for the table main. */
export function parsePolicyRules(text: string): RoutingRule[] | undefined {
  const rules = lines(text).flatMap((line) => {
    const [, priority, rest = ""] = /^(\d+):(.*)$/.exec(line) ?? [];
    return priority === undefined ? [] : [asRule(Number(priority), rest.trim())];
  });
  return rules.some(({ table }) => table === "main") ? rules : undefined;
}

function asRule(priority: number, text: string): RoutingRule {
  const value = (word: string) => new RegExp(`(?:^| )${word} (\\S+)`).exec(text)?.[1];
  const [from, to, iif, table] = [value("from"), value("to"), value("iif"), value("(?:lookup|table)")];
  const rest = text.replace(/\b(from|to|iif|lookup|table|proto|pref) \S+/g, "").replace(rejecting, "");
  return {
    priority,
    text,
    ...(from && from !== "all" ? { from } : {}),
    ...(to && to !== "all" ? { to } : {}),
    ...(iif ? { iif } : {}),
    asksMore: rest.trim() !== "",
    // busybox names a table even where there is none: "lookup unspec prohibit".
    ...(table && !rejecting.test(text) ? { table } : {}),
  };
}

const rejecting = /\b(blackhole|unreachable|prohibit)\b/;

/** A packet without a mark. */
interface Routed {
  readonly source: string;
  readonly destination: string;
  readonly iif?: string;
}

/** The first of them. */
export function divertingRule(rules: readonly RoutingRule[], packet: Routed): RoutingRule | undefined {
  return divertingRules(rules, packet)[0];
}

/** The rules before that of the table main that a packet meets which carries no mark, and that are not the local table's. */
export function divertingRules(
  rules: readonly RoutingRule[],
  { source, destination, iif }: Routed,
): readonly RoutingRule[] {
  // A rule that looks it up for a mark alone is not the one for all.
  const main = rules.findIndex(
    ({ table, from, to, iif: device, asksMore }) => table === "main" && !from && !to && !device && !asksMore,
  );
  return rules.slice(0, main < 0 ? rules.length : main).filter(
    (rule) =>
      // Who asks for the opposite of a mark takes what carries none.
      (!rule.asksMore || /\bnot\b/.test(rule.text)) &&
      rule.table !== "local" &&
      rule.table !== "main" &&
      (rule.table !== undefined || rejecting.test(rule.text)) &&
      holds(rule.from, source) &&
      holds(rule.to, destination) &&
      (rule.iif === undefined || rule.iif === iif),
  );
}

function holds(prefix: string | undefined, text: string): boolean {
  if (prefix === undefined) return true;
  const [parsed, address] = [parsePrefix(prefix.includes("/") ? prefix : `${prefix}/128`), parseAddress(text)];
  return parsed !== undefined && address !== undefined && contains(parsed, address);
}
