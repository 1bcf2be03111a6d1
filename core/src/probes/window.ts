import { answered } from "../cluster/cluster.ts";
import { type ExecProbe, vantageName } from "../probing/probe.ts";

/** Seconds at most; it ends as soon as the pods have dialled. */
const seconds = 20;

/** Keeps the exec on a node open while pods dial, so that its counters are read before and after. */
export const probe: ExecProbe<{ readonly node: string; readonly again?: true }, { readonly seconds: number }> = {
  id: "window",
  access: "exec",
  vantage: ({ node }) => ({ kind: "node", node }),
  asks: ({ node }) => `a window on ${vantageName({ kind: "node", node })} that stays open while pods dial`,
  types: () => ["sleep", `${seconds}`],
  wants: () => [{ op: "hold", seconds }],
  read: () => answered({ seconds }),
  line: () => "counters were read before the pods dialled and after",
};
