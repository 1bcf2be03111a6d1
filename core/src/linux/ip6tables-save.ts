import { lines } from "./lines.ts";

export interface Ip6tablesRule {
  readonly table: string;
  readonly chain: string;
  /** Packets so far; undefined without `-c`. */
  readonly packets: number | undefined;
  /** The rule without its counters, as a person would append it. */
  readonly text: string;
  /** DROP, REJECT, ACCEPT, a chain, or empty */
  readonly target: string;
}

export interface ChainPolicy {
  readonly table: string;
  readonly chain: string;
  /** ACCEPT, DROP or - for a chain made by a user */
  readonly policy: string;
  readonly packets: number;
}

export interface Ip6tablesRuleSet {
  readonly chains: readonly ChainPolicy[];
  readonly rules: readonly Ip6tablesRule[];
}

/** Parses `ip6tables-save -c`, see {@link https://man7.org/linux/man-pages/man8/iptables-save.8.html}. */
export function parseIp6tablesSave(text: string): Ip6tablesRuleSet {
  const chains: ChainPolicy[] = [];
  const rules: Ip6tablesRule[] = [];
  let table = "";
  for (const line of lines(text)) {
    const chain = /^:(\S+) (\S+)(?: \[(\d+):\d+\])?/.exec(line);
    const rule = /^(?:\[(\d+):\d+\] )?(-A (\S+)((?: .*)?))$/.exec(line);
    if (line.startsWith("*")) table = line.slice(1).trim();
    else if (chain)
      chains.push({ table, chain: chain[1] ?? "", policy: chain[2] ?? "", packets: Number(chain[3] ?? 0) });
    else if (rule) rules.push(asRule(table, rule));
  }
  return { chains, rules };
}

function asRule(table: string, [, packets, text = "", chain = "", rest = ""]: RegExpExecArray): Ip6tablesRule {
  // A comment may hold anything, a "-j" too.
  const unquoted = rest.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const target = /(?:^|\s)-[jg] (\S+)/.exec(unquoted)?.[1] ?? "";
  return { table, chain, packets: packets === undefined ? undefined : Number(packets), text, target };
}
