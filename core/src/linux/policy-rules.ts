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
  /** The mark it asks for, under its mask: "0x200/0xf00". */
  readonly mark?: string;
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
  const mark = /\bnot\b/.test(text) ? undefined : value("fwmark");
  const rest = text.replace(/\b(from|to|iif|lookup|table|proto|pref) \S+/g, "").replace(rejecting, "");
  return {
    priority,
    text,
    ...(from && from !== "all" ? { from } : {}),
    ...(to && to !== "all" ? { to } : {}),
    ...(iif ? { iif } : {}),
    // A rule for VRFs takes what comes by their devices alone.
    asksMore: rest.trim() !== "" || table === "[l3mdev-table]",
    ...(mark ? { mark } : {}),
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
export function divertingRules(rules: readonly RoutingRule[], packet: Routed): readonly RoutingRule[] {
  return beforeMain(rules).filter(
    (rule) =>
      // Who asks for the opposite of a mark takes what carries none.
      (!rule.asksMore || /\bnot\b/.test(rule.text)) &&
      elsewhere(rule) &&
      (rule.table !== undefined || rejecting.test(rule.text)) &&
      concerns(rule, packet),
  );
}

/** Those before it that ask for more than addresses and a device, as for a mark or a port: they may take the packet elsewhere. */
export function perhapsDiverting(rules: readonly RoutingRule[], packet: Routed): readonly RoutingRule[] {
  const protocol = (text: string) => / ipproto (\S+)/.exec(text)?.[1] ?? "tcp";
  return beforeMain(rules).filter(
    (rule) =>
      rule.asksMore &&
      !/\bnot\b/.test(rule.text) &&
      elsewhere(rule) &&
      /^(tcp|6)$/.test(protocol(rule.text)) &&
      concerns(rule, packet),
  );
}

/** A rule that looks the table main up for a mark alone is not the one for all. */
function beforeMain(rules: readonly RoutingRule[]): readonly RoutingRule[] {
  const main = rules.findIndex(
    ({ table, from, to, iif, asksMore }) => table === "main" && !from && !to && !iif && !asksMore,
  );
  return rules.slice(0, main < 0 ? rules.length : main);
}

function elsewhere({ table }: RoutingRule): boolean {
  return table !== "local" && table !== "main";
}

function concerns({ from, to, iif }: RoutingRule, packet: Routed): boolean {
  return holds(from, packet.source) && holds(to, packet.destination) && (iif === undefined || iif === packet.iif);
}

function holds(prefix: string | undefined, text: string): boolean {
  if (prefix === undefined) return true;
  const [parsed, address] = [parsePrefix(prefix.includes("/") ? prefix : `${prefix}/128`), parseAddress(text)];
  return parsed !== undefined && address !== undefined && contains(parsed, address);
}
