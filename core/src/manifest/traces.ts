import { inEachMatch, type Run } from "./pattern-runs.ts";

/**
 * Three characters that stand in whatever a pattern matches. One pass over a text tells of all patterns at once which of them it cannot
 * match; only the others are looked for.
 */
export interface Trace {
  /** One of these is set in `Traces` if the text may match. */
  readonly cells: readonly number[];
  /** What was read when fewer traces were known tells nothing of it. */
  readonly known: number;
}

/** Characters that are not told apart are of one class, so that three of them are a number below 2 ** 15. */
const classes = new Uint8Array(128);
for (let letter = 0; letter < 26; letter++) classes[65 + letter] = classes[97 + letter] = letter + 1;
for (let digit = 48; digit < 58; digit++) classes[digit] = 27;
for (const [index, alike] of [".", ":", "-_", "/"].entries())
  for (const character of alike) classes[character.charCodeAt(0)] = 28 + index;

/** By three classes; 0 where no pattern asks for them. */
const cells = new Uint16Array(1 << 15);
let known = 0;

/** undefined for a pattern that may match where there are no three characters to tell. */
export function traceOf({ source }: RegExp): Trace | undefined {
  const alternatives = inEachMatch(source, (code) => (code < 128 ? (classes[code] as number) : 0));
  const chosen = alternatives?.map(rarest);
  if (!chosen?.every((run) => run !== undefined)) return undefined;
  const threes = chosen.flatMap(([first = [], second = [], third = []]) =>
    first.flatMap((a) => second.flatMap((b) => third.map((c) => (a << 10) | (b << 5) | c))),
  );
  known++;
  // Two patterns may share three characters, and then what is told of one is told of the other.
  for (const three of threes) cells[three] ||= known;
  return { cells: [...new Set(threes.map((three) => cells[three] as number))], known };
}

/** What stands in a text. */
export class Traces {
  readonly #known = known;
  readonly #seen = new Int32Array((known >> 5) + 1);

  /** Has to be told of the whole text, in pieces if need be. */
  read(text: string, from = 0, to = text.length): void {
    const seen = this.#seen;
    let three = 0;
    for (let at = Math.max(0, from - 2); at < to; at++) {
      const code = text.charCodeAt(at);
      three = ((three << 5) & 0x7fff) | (code < 128 ? (classes[code] as number) : 0);
      const cell = cells[three] as number;
      if (cell !== 0) (seen[cell >> 5] as number) |= 1 << (cell & 31);
    }
  }

  /** False if no match of the pattern can stand there. */
  may({ cells: any, known: since }: Trace): boolean {
    if (since > this.#known) return true;
    for (const cell of any) if (((this.#seen[cell >> 5] as number) & (1 << (cell & 31))) !== 0) return true;
    return false;
  }
}

/** How seldom each class stands in manifests, from what is no letter, digit or sign on. */
const seldom = [
  0, 1, 17, 9, 10, 0, 18, 16, 15, 3, 24, 21, 8, 11, 5, 4, 12, 25, 6, 7, 2, 13, 20, 22, 23, 19, 24, 8, 12, 4, 6, 12,
];

/** The three places of a match that say most: of two neighbours, with anything before them. */
function rarest(runs: readonly Run[]): Run | undefined {
  const threes = runs.flatMap((run) => run.slice(2).map((_, index) => run.slice(index, index + 3)));
  const twos = runs.flatMap((run) => run.slice(1).map((_, index) => [anything, ...run.slice(index, index + 2)]));
  const all = (threes.length > 0 ? threes : twos).filter(
    (run) => run.reduce((most, set) => most * set.length, 1) <= 512,
  );
  return all.reduce<Run | undefined>((best, run) => (best && weight(best) >= weight(run) ? best : run), undefined);
}

const anything = Array.from({ length: 32 }, (_, index) => index);

function weight(run: Run): number {
  return run.reduce((sum, set) => sum + Math.min(...set.map((one) => seldom[one] as number)), 0);
}
