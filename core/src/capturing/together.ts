import type { AbortSignalLike } from "../cluster/cluster.ts";

/** What one of two captures tells of itself as it goes. */
export interface Window {
  /** So many packets have come here by now. */
  sees(packets: number): void;
  /** It is over; completes "it ended ". undefined: it could not be made. */
  ends(why: string | undefined): void;
}

/**
 * Milliseconds by which packets may come here later than they were captured. So soon after the later of two captures began, and before
 * the earlier one ended, nobody can say of a packet that the other node should have seen it.
 */
const underway = 2_000;
/** Of what came when, no more is kept. */
const apart = 50;

/** Two captures that end together, and which packets of each came here while both went on: by one clock, and none of a node. */
export class Together {
  /** Of both: aborted when somebody wants no more, and when either has ended. */
  readonly signal: AbortSignalLike;
  /** Why the first of them ended; undefined while both go on. */
  why: string | undefined;
  readonly #now: () => number;
  readonly #ended = new Ending();
  readonly #begun: (number | undefined)[] = [undefined, undefined];
  readonly #came: { at: number; packets: number }[][] = [[], []];
  #over: number | undefined;

  constructor(outer: AbortSignalLike, now: () => number) {
    this.#now = now;
    this.signal = this.#ended;
    if (outer.aborted) this.#end("when you ended it");
    outer.addEventListener("abort", () => this.#end("when you ended it"));
  }

  window(index: 0 | 1): Window {
    return {
      sees: (packets) => {
        const at = this.#now();
        this.#begun[index] ??= at;
        const came = this.#came[index] as { at: number; packets: number }[];
        const last = came.at(-1);
        if (last && at - last.at < apart && came.length > 1) came[came.length - 1] = { at, packets };
        else came.push({ at, packets });
      },
      ends: (why) => this.#end(why),
    };
  }

  /** Packets of one of them, counted from 1. */
  both(index: 0 | 1): { readonly from: number; readonly to: number } {
    const [a, b] = this.#begun;
    if (a === undefined || b === undefined || this.#over === undefined) return { from: 1, to: 0 };
    const until = (time: number) => this.#came[index]?.findLast(({ at }) => at <= time)?.packets ?? 0;
    return { from: until(Math.max(a, b) + underway) + 1, to: until(this.#over - underway) };
  }

  #end(why: string | undefined): void {
    if (this.#over !== undefined) return;
    this.#over = this.#now();
    this.why = why;
    this.#ended.end();
  }
}

class Ending implements AbortSignalLike {
  aborted = false;
  readonly #listeners = new Set<() => void>();

  addEventListener(_: "abort", listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_: "abort", listener: () => void): void {
    this.#listeners.delete(listener);
  }

  end(): void {
    this.aborted = true;
    for (const listener of this.#listeners) listener();
  }
}
