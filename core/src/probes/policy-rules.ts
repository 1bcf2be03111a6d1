import { ofC } from "../agents/agent-words.ts";
import { answered, refused } from "../cluster/cluster.ts";
import { parsePolicyRules, type RoutingRule } from "../linux/policy-rules.ts";
import { type ExecProbe, vantageName } from "../probing/probe.ts";
import type { ProgramWant } from "../probing/want.ts";

/** No file of /proc shows them. */
const rules: ProgramWant = { op: "program", names: ["ip"], args: ["-6", "rule", "show"], ...ofC, most: 32_000 };

/** The rules by which a node chooses a routing table. Another container may have to be found that has `ip`. */
export const probe: ExecProbe<{ readonly node: string }, readonly RoutingRule[]> = {
  id: "policy-rules",
  access: "exec",
  vantage: ({ node }) => ({ kind: "node", node }),
  onFailure: (at) => (at.kind === "node" ? { node: at.node } : undefined),
  asks: ({ node }) => `the rules by which ${vantageName({ kind: "node", node })} chooses a routing table for IPv6`,
  types: () => ["ip", "-6", "rule", "show"],
  wants: () => [rules],
  read: (reading) => {
    const printed = reading.program(rules);
    if (!printed.ok) return printed;
    const found = printed.value.cut ? undefined : parsePolicyRules(printed.value.text);
    return found ? answered(found) : refused("failed", "what ip printed is no list of rules");
  },
  line: (found) => {
    const own = found.filter(({ table }) => !/^(local|main|default)$/.test(table ?? ""));
    return (
      own
        .slice(0, 5)
        .map(({ text }) => text)
        .join("; ") || "none beside the kernel's own"
    );
  },
};
