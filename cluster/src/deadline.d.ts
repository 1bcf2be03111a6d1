import type { AbortSignalLike } from "#core/cluster.ts";
/** Ends when its time is up or when the caller cancels, whichever is first; `signal.reason` is an `Ending`. */
export interface Deadline {
    readonly signal: AbortSignal;
    /** Why it ended, undefined while it has not. */
    ended(): Ending | undefined;
    /** Stops the clock: from now on only the caller ends it. */
    stopClock(): void;
    /** To be called as soon as what it guards is over. */
    clear(): void;
}
export type Ending = "timeout" | "cancelled";
/** `milliseconds` may be undefined: then only the caller ends it. */
export declare function startDeadline(milliseconds: number | undefined, caller?: AbortSignalLike): Deadline;
/** Waits, unless the signal ends it before. */
export declare function pause(milliseconds: number, signal: AbortSignal): Promise<void>;
