import type { AbortSignalLike } from "#core/cluster/cluster.ts";

/** Ends when its time is up or when the caller cancels, whichever is first; `signal.reason` is an `Ending`. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Why it ended, undefined while it has not. */
  ended(): Ending | undefined;
  /** Stops the clock: from now on only the caller ends it. */
  stopClock(): void;
  /** Gives it another time, from now on. */
  restart(milliseconds: number): void;
  /** The milliseconds that it was given last. */
  limit(): number | undefined;
  /** To be called as soon as what it guards is over. */
  clear(): void;
}

export type Ending = "timeout" | "cancelled";

/** `milliseconds` may be undefined: then only the caller ends it. */
export function startDeadline(milliseconds: number | undefined, caller?: AbortSignalLike): Deadline {
  const controller = new AbortController();
  const cancel = () => controller.abort("cancelled" satisfies Ending);
  let limit = milliseconds;
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    if (limit !== undefined) timer = setTimeout(() => controller.abort("timeout" satisfies Ending), limit);
  };
  start();
  if (caller?.aborted) cancel();
  else caller?.addEventListener("abort", cancel);
  return {
    signal: controller.signal,
    ended: () => (controller.signal.aborted ? (controller.signal.reason as Ending) : undefined),
    stopClock: () => clearTimeout(timer),
    restart(other) {
      clearTimeout(timer);
      limit = other;
      start();
    },
    limit: () => limit,
    clear() {
      clearTimeout(timer);
      caller?.removeEventListener("abort", cancel);
    },
  };
}

/** Waits, unless the signal ends it before. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}
