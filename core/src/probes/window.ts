import { answered } from "../cluster.ts";
import { type ExecProbe, vantageName } from "../probe.ts";

/** Keeps the exec on a node open while pods dial, so that its counters are read before and after. */
export const probe: ExecProbe<{ readonly node: string; readonly seconds: number }, { readonly seconds: number }> = {
  id: "window",
  access: "exec",
  vantage: ({ node }) => ({ kind: "node", node }),
  asks: ({ node }) => `a window on ${vantageName({ kind: "node", node })} that stays open while pods dial`,
  types: ({ seconds }) => ["sleep", `${seconds}`],
  wants: ({ seconds }) => [{ op: "hold", seconds }],
  read: (_reading, { seconds }) => answered({ seconds }),
  line: ({ seconds }) => `counters are ${seconds} s apart`,
};
