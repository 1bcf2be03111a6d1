import { setTimeout as pause } from "node:timers/promises";
import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { type Held, heldNow } from "#core/mends/holds.ts";

/** Asks what the diagnosis asked until it holds, or until the change must be in force everywhere; `settles` in seconds. */
export async function askAgain(
  cause: string,
  explained: readonly string[],
  settles: number,
  diagnose: () => Promise<Diagnosis>,
  signal: AbortSignal,
): Promise<Held> {
  const until = Date.now() + settles * 1000;
  for (let wait = 1; ; wait = Math.min(2 * wait, 20)) {
    const held = heldNow(cause, explained, await diagnose());
    if (held.holds || signal.aborted || Date.now() >= until) return held;
    await pause(Math.min(wait * 1000, Math.max(0, until - Date.now())), undefined, { signal }).catch(() => undefined);
  }
}
