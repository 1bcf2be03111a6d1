/**
 * How often one watch may ask the API server, whatever that answers and however its streams end: as client-go, with pauses that are
 * doubled from 0.8 to 30 s and drawn so that clients spread, and no more than five lists in a minute. A stream that lasted begins anew.
 * https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/client-go/tools/cache/reflector.go
 */
export class Pace {
  readonly #random: () => number;
  #failures = 0;
  #lists: number[] = [];

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Milliseconds until the next try, after a stream that was open for `lived` milliseconds, or one that never was. */
  next(lived: number): number {
    if (lived >= lasting) this.#failures = 0;
    const full = shortest * 2 ** Math.min(this.#failures++, 10);
    return Math.round(Math.min(longest, full * (1 + this.#random())));
  }

  /** Milliseconds until a list may be asked for at a time, which counts as asked for then. */
  list(now: number): number {
    this.#lists = this.#lists.filter((time) => time > now - minute);
    const fifth = this.#lists.at(-mostLists);
    const wait = fifth === undefined ? 0 : fifth + minute - now;
    this.#lists.push(now + wait);
    return wait;
  }
}

const shortest = 800;
const longest = 30_000;
/** A stream that was open for as long is no failure of the server. */
const lasting = 30_000;
const minute = 60_000;
const mostLists = 5;
