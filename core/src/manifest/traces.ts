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

/** Those of several patterns. */
export interface TraceMask {
  /** A bit for every cell. */
  readonly bits: Int32Array;
  readonly known: number;
}

export function maskOf(traces: readonly Trace[]): TraceMask {
  const bits = new Int32Array((known >> 5) + 1);
  for (const { cells } of traces) for (const cell of cells) (bits[cell >> 5] as number) |= 1 << (cell & 31);
  return { bits, known };
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
export function traceOf({ source }: Pick<RegExp, "source">): Trace | undefined {
  const threes = isPlain(source) && source.length >= 3 ? [rarestOf(source)] : threesOf(source);
  if (!threes) return undefined;
  known++;
  // Two patterns may share three characters, and then what is told of one is told of the other.
  for (const three of threes) cells[three] ||= known;
  return { cells: [...new Set(threes.map((three) => cells[three] as number))], known };
}

/** A pattern that is a word as it stands. */
export function isPlain(source: string): boolean {
  return /^[\w-]+$/.test(source);
}

/** Of a word: most patterns are words, and every start of the program works out the traces of all. */
function rarestOf(word: string): number {
  const classAt = (at: number) => classes[word.charCodeAt(at)] as number;
  let [best, most] = [0, -1];
  for (let at = 0; at + 3 <= word.length; at++) {
    const [a, b, c] = [classAt(at), classAt(at + 1), classAt(at + 2)];
    const says = (seldom[a] as number) + (seldom[b] as number) + (seldom[c] as number);
    if (says > most) [best, most] = [(a << 10) | (b << 5) | c, says];
  }
  return best;
}

function threesOf(source: string): readonly number[] | undefined {
  const alternatives = inEachMatch(source, (code) => (code < 128 ? (classes[code] as number) : 0));
  const chosen = alternatives?.map(rarest);
  if (!chosen?.every((run) => run !== undefined)) return undefined;
  return chosen.flatMap(([first = [], second = [], third = []]) =>
    first.flatMap((a) => second.flatMap((b) => third.map((c) => (a << 10) | (b << 5) | c))),
  );
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

  /** False if no match of any of them can stand there. */
  mayAny({ bits, known: since }: TraceMask): boolean {
    if (since > this.#known) return true;
    for (let at = 0; at < bits.length; at++) if (((this.#seen[at] as number) & (bits[at] as number)) !== 0) return true;
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
