import { answered } from "../cluster/cluster.ts";
import { type Ip6tablesRule, parseIp6tablesSave } from "../linux/ip6tables-save.ts";
import type { BeforeAfter } from "../probing/bundle.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

/** A rule, with how many packets hit it while the pods of the diagnosis dialled. */
export interface MovingRule extends Ip6tablesRule {
  readonly moved: number;
}

export interface MovingPolicy {
  readonly table: string;
  readonly chain: string;
  readonly policy: string;
  readonly packets: number;
  readonly moved: number;
}

export interface MovingRules {
  /** The built-in chains: what happens to a packet no rule decided about. */
  readonly policies: readonly MovingPolicy[];
  readonly rules: readonly MovingRule[];
}

/** The parts of `ip6tables-save -c` that decide about a packet. A hostNetwork pod with NET_ADMIN can read them. */
export const probe: ExecProbe<{ readonly at: Vantage }, MovingRules> = {
  id: "ip6tables",
  access: "exec",
  vantage: ({ at }) => at,
  always: (at) => (at.kind === "node" ? { at } : undefined),
  asks: ({ at }) => `the ip6tables rules of ${vantageName(at)}`,
  types: () => ["ip6tables-save", "-c"],
  wants: () => [{ op: "ip6tables" }],
  read: (reading) => {
    const texts = reading.ip6tables();
    if (!texts.ok) return texts;
    return answered(movingRules(texts.value));
  },
  line: ({ policies, rules }) => {
    const dropping = policies
      .filter(({ policy }) => policy === "DROP")
      .map(({ table, chain, packets }) => `${table} ${chain} policy DROP (${packets} packets)`);
    const hit = rules.filter(({ target, packets }) => (target === "DROP" || target === "REJECT") && (packets ?? 0) > 0);
    const shown = [...dropping, ...hit.slice(0, 5).map(({ text, packets }) => `${text} (${packets} packets)`)];
    return shown.join("; ") || `${rules.length} rules, none that dropped a packet`;
  },
};

/** What nothing hit while we dialled did nothing to our packets; of that only what might act on others is kept. */
function isTelling({ moved, target, chain }: MovingRule): boolean {
  return (
    moved > 0 ||
    /^(DROP|REJECT|MASQUERADE|SNAT|CT|NOTRACK)$/.test(target) ||
    /^(KUBE-SERVICES|[A-Z]+ING|INPUT|OUTPUT|FORWARD)$/.test(chain)
  );
}

/** What two readings of `ip6tables-save -c` tell of what passed between them. */
export function movingRules(texts: BeforeAfter): MovingRules {
  const [before, after] = [parseIp6tablesSave(texts.before), parseIp6tablesSave(texts.after)];
  const earlier = new Map<string, number>();
  const occurrence = counter();
  for (const rule of before.rules) earlier.set(occurrence(rule), rule.packets ?? 0);
  const again = counter();
  const rules = after.rules.map((rule) => ({ ...rule, moved: (rule.packets ?? 0) - (earlier.get(again(rule)) ?? 0) }));
  const policies = after.chains
    .filter(({ policy }) => policy !== "-")
    .map((chain) => {
      const was = before.chains.find(({ table, chain: name }) => table === chain.table && name === chain.chain);
      return { ...chain, moved: chain.packets - (was?.packets ?? 0) };
    });
  return { policies, rules: rules.filter(isTelling).slice(0, 2000) };
}

/** Names a rule apart from its equals in the same chain. */
function counter(): (rule: Ip6tablesRule) => string {
  const seen = new Map<string, number>();
  return ({ table, text }) => {
    const key = `${table} ${text}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return `${key} #${seen.get(key)}`;
  };
}
