import { ofC } from "../agents/agent-words.ts";
import { answered, refused } from "../cluster/cluster.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import type { ProgramWant } from "../probing/want.ts";
import { type MovingRules, movingRules } from "./ip6tables.ts";

const program: ProgramWant = { op: "program", names: ["ip6tables-legacy-save"], args: ["-c"], ...ofC, most: 200_000 };

/** The rules of the kernel's older tables, where `ip6tables-save` prints those of nftables; `moved` is what they have counted since boot. */
export const probe: ExecProbe<{ readonly at: Vantage }, MovingRules> = {
  id: "legacy-rules",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at }) => `the ip6tables-legacy rules of ${vantageName(at)}`,
  types: () => ["ip6tables-legacy-save", "-c"],
  wants: () => [program],
  read: (reading) => {
    const printed = reading.program(program);
    if (!printed.ok) return printed;
    const { text, cut } = printed.value;
    if (cut || !/^COMMIT\s*$/m.test(text)) return refused("failed", "ip6tables-legacy-save printed no whole table");
    return answered(movingRules({ before: "", after: text }));
  },
  line: ({ rules, policies }) => {
    const drops = rules.filter(({ target, moved }) => /^(DROP|REJECT)$/.test(target) && moved > 0);
    const closed = policies.filter(({ policy }) => policy === "DROP").map(({ chain }) => `${chain} policy DROP`);
    return (
      [...closed, ...drops.slice(0, 5).map(({ text, moved }) => `${text} (${moved} packets)`)].join("; ") ||
      "none that dropped a packet"
    );
  },
};
