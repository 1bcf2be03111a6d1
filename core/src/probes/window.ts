import { answered } from "../cluster/cluster.ts";
import { type ExecProbe, vantageName } from "../probing/probe.ts";

/**
 * Seconds: long enough for the first packets of the dials that start at the same moment in a pod; every failed dial sends
 * one at once.
 */
const seconds = 0.6;
/** The same for a node that dials are made for once more: they may begin a little later or earlier, and send a second packet. */
const secondsAgain = 1.2;

/** Keeps the exec on a node open while pods dial, so that its counters are read before and after. */
export const probe: ExecProbe<{ readonly node: string; readonly again?: true }, { readonly seconds: number }> = {
  id: "window",
  access: "exec",
  vantage: ({ node }) => ({ kind: "node", node }),
  asks: ({ node }) => `a window on ${vantageName({ kind: "node", node })} that stays open while pods dial`,
  types: ({ again }) => ["sleep", `${again ? secondsAgain : seconds}`],
  wants: ({ again }) => [{ op: "hold", seconds: again ? secondsAgain : seconds }],
  read: (_reading, { again }) => answered({ seconds: again ? secondsAgain : seconds }),
  line: (held) => `counters are ${held.seconds} s apart`,
};
