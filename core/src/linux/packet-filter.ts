import type { ChainPolicy, Ip6tablesRule } from "./ip6tables-save.ts";
import { type Packet, ruleMatches } from "./rule-match.ts";

/** A rule or a policy, with how many packets hit it while we sent ours. */
type Counted<T> = T & { readonly moved: number };

export interface Filter {
  readonly policies: readonly Counted<ChainPolicy>[];
  readonly rules: readonly Counted<Ip6tablesRule>[];
}

/** What becomes of the packet, and where. `unsure`: a rule that packets hit cannot be read here, so nobody knows. */
export type Fate =
  | { readonly verdict: "passes" }
  | {
      readonly verdict: "dropped" | "unsure";
      readonly table: string;
      readonly rule: string;
      readonly chain: string;
      readonly moved: number;
    };

/**
 * Sends a packet through the chains of one hook in every table that has it, rule by rule as the kernel does. The counters
 * help: packets of ours have passed while they were read, so a rule nothing hit meanwhile has not hit ours.
 */
export function fateOf(filter: Filter, hook: string, packet: Packet, counting: boolean): Fate {
  for (const table of ["raw", "mangle", "filter", "security"]) {
    const doubts: Stopped[] = [];
    const fate = through(filter, table, hook, packet, counting, doubts, 0);
    if (fate?.verdict === "passes") continue;
    const stopped = fate ?? atPolicy(filter, table, hook, counting);
    if (stopped?.verdict === "dropped") return doubts[0] ?? stopped;
    if (stopped) return stopped;
  }
  return { verdict: "passes" };
}

type Stopped = Extract<Fate, { verdict: "dropped" | "unsure" }>;

function atPolicy({ policies }: Filter, table: string, chain: string, counting: boolean): Stopped | undefined {
  const policy = policies.find((one) => one.table === table && one.chain === chain);
  return policy?.policy === "DROP" && (policy.moved > 0 || !counting)
    ? { verdict: "dropped", table, chain, rule: `the ${chain} policy is DROP`, moved: policy.moved }
    : undefined;
}

/** undefined: the chain's end was reached, or RETURN. `doubts` are rules that may have accepted it before. */
function through(
  filter: Filter,
  table: string,
  chain: string,
  packet: Packet,
  counting: boolean,
  doubts: Stopped[],
  depth: number,
): Fate | undefined {
  if (depth > 16) return undefined;
  for (const rule of filter.rules) {
    if (rule.table !== table || rule.chain !== chain) continue;
    const found = ruleMatches(rule, packet);
    if (found === "no" || (counting && rule.moved === 0)) continue;
    const { target, text, moved } = rule;
    const inner = filter.rules.some((one) => one.table === table && one.chain === target);
    if (inner) {
      const fate = through(filter, table, target, packet, counting, doubts, depth + 1);
      if (!fate) {
        if (!/ -g /.test(text)) continue;
        if (found === "yes") return undefined;
        return { verdict: "unsure", table, chain, rule: text, moved };
      }
      return found === "yes" ? fate : { verdict: "unsure", table, chain, rule: text, moved };
    }
    const here = { table, chain, rule: text, moved };
    if (target === "DROP" || target === "REJECT") return { verdict: found === "yes" ? "dropped" : "unsure", ...here };
    if (target === "ACCEPT" && found === "yes") return { verdict: "passes" };
    if (target === "ACCEPT") doubts.push({ verdict: "unsure", ...here });
    if (target === "RETURN") {
      if (found === "yes") return undefined;
      return { verdict: "unsure", ...here };
    }
    if (target === "NFQUEUE" || target === "QUEUE") return { verdict: "unsure", ...here };
  }
  return undefined;
}

/** The rule that may keep a packet out of connection tracking, of those that some packet has hit. */
export function untrackedBy({ rules }: Filter, packet: Packet): string | undefined {
  return rules.find(
    ({ table, target, text, packets }) =>
      table === "raw" &&
      (target === "NOTRACK" || (target === "CT" && text.includes("--notrack"))) &&
      packets !== 0 &&
      ruleMatches({ text }, packet) !== "no",
  )?.text;
}

/** The rule that may send a packet to another address than its own, of those that were hit; kube-proxy's are about Services. */
export function redirectedBy({ rules }: Filter, packet: Packet): string | undefined {
  return rules.find(
    ({ table, chain, target, text, moved }) =>
      table === "nat" &&
      /^(DNAT|REDIRECT|NETMAP)$/.test(target) &&
      moved > 0 &&
      !chain.startsWith("KUBE-") &&
      ruleMatches({ text }, packet) !== "no",
  )?.text;
}

/** Whether a rule that was hit may have given packets a mark that `fwmark` of a routing rule asks for: "0x66", "0x200/0xf00". */
export function marksWith({ rules }: Filter, wanted: string): boolean {
  const [value = 0, mask = 0xffffffff] = wanted.split("/").map(Number);
  return rules.some(({ target, text, moved }) => {
    if (moved === 0 || !/^(MARK|CONNMARK|TPROXY|HMARK)$/.test(target)) return false;
    const set = / --(?:set-x?mark|or-mark|tproxy-mark) (0x[0-9a-f]+)/.exec(text)?.[1];
    return set === undefined ? !/ --save-mark\b/.test(text) : (Number(set) & mask) === (value & mask);
  });
}
