import { setTimeout as pause } from "node:timers/promises";
import type { Diagnosis, Verdict } from "#core/diagnosis/diagnosis.ts";
import { type Held, heldNow } from "#core/mends/holds.ts";
import type { MendWay } from "#core/mends/way.ts";

/** Asks what the diagnosis asked until it holds, or until the change must be in force everywhere. */
export async function askAgain(
  verdict: Pick<Verdict, "cause" | "explains">,
  way: MendWay,
  diagnose: () => Promise<Diagnosis>,
  signal: AbortSignal,
): Promise<Held> {
  const until = Date.now() + way.settles * 1000;
  for (let wait = 1; ; wait = Math.min(2 * wait, 20)) {
    const held = heldNow(verdict, way, await diagnose());
    if (held.holds || signal.aborted || Date.now() >= until) return held;
    await pause(Math.min(wait * 1000, Math.max(0, until - Date.now())), undefined, { signal }).catch(() => undefined);
  }
}
