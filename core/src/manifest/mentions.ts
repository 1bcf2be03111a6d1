import { isPlain, maskOf, type Trace, type TraceMask, Traces, traceOf } from "./traces.ts";

/**
 * Two colons side by side that no word or template ends or begins at, two groups of hex digits with a colon behind each, or four numbers
 * with dots between.
 */
export const likeAddress = /(?<![g-z_}])::(?![g-z_{])|(?<=[\da-f]):[\da-f]{1,4}:|(?<=\d)\.\d+\.\d+\.\d/i;

/** What a glance at the text of a document tells. */
export interface Glance {
  /** The kinds its resources may have, as {@link Resource.kind} spells them; undefined if any. */
  readonly kinds: readonly string[] | undefined;
  /** Rules can have something to say about it. */
  readonly ofInterest: boolean;
  readonly mentions: Mentions;
}

/** What a text may hold, whatever the case of its letters: one of these, which are found faster one by one than in one pattern. */
export interface Word {
  readonly patterns: readonly Pattern[];
  /** Its place among all words. */
  readonly index: number;
}

class Pattern {
  readonly source: string;
  /** What has to stand in a text for it to be looked for. */
  readonly trace: Trace | undefined;
  /** A word as it stands, in small letters: it is found without a pattern, which would have to be compiled. */
  readonly #word: string | undefined;
  #regex: RegExp | undefined;

  constructor(source: string) {
    this.source = source;
    this.trace = traceOf({ source });
    this.#word = isPlain(source) ? source.toLowerCase() : undefined;
  }

  get regex(): RegExp {
    this.#regex ??= new RegExp(this.source, "im");
    return this.#regex;
  }

  isIn(text: string): boolean {
    return this.#word === undefined || text.length > tooLong
      ? this.regex.test(text)
      : inSmallLetters(text).includes(this.#word);
  }
}

/** The text that was asked for last: all words of one are looked for one after the other. */
let last = { text: "", small: "" };

function inSmallLetters(text: string): string {
  if (last.text !== text) last = { text, small: text.toLowerCase() };
  return last.small;
}

/** Which words a text holds, each looked for once. One that was decoded as Latin-1 will do, as what rules mention is ASCII. */
export class Mentions {
  readonly #text: string;
  /** A bit for every word, by its index: those that were looked for, and those that were found. */
  readonly #asked: number[] = [0, 0, 0];
  readonly #held: number[] = [0, 0, 0];
  #traces: Traces | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** At least one of them. */
  any({ words, untraced, mask }: AnyWord): boolean {
    for (const word of this.#traced?.mayAny(mask) === false ? untraced : words) if (this.has(word)) return true;
    return false;
  }

  has({ index, patterns }: Word): boolean {
    const at = index >> 5;
    const bit = 1 << (index & 31);
    if (((this.#asked[at] ?? 0) & bit) !== 0) return ((this.#held[at] ?? 0) & bit) !== 0;
    const holds = this.#holds(patterns);
    this.#asked[at] = (this.#asked[at] ?? 0) | bit;
    if (holds) this.#held[at] = (this.#held[at] ?? 0) | bit;
    return holds;
  }

  /** Looks through a text of millions of characters before anything is asked. */
  *look(): Generator<undefined, void> {
    const traces = new Traces();
    for (let at = 0; at < this.#text.length; at += step) {
      traces.read(this.#text, at, Math.min(at + step, this.#text.length));
      yield;
    }
    this.#traces = traces;
  }

  #holds(patterns: readonly Pattern[]): boolean {
    for (const pattern of patterns) if (this.#may(pattern.trace) && pattern.isIn(this.#text)) return true;
    return false;
  }

  #may(trace: Trace | undefined): boolean {
    return !trace || (this.#traced?.may(trace) ?? true);
  }

  get #traced(): Traces | undefined {
    // Of an edited text of many pieces each character is dear, and hardly anything is asked: `look` is for those who ask much.
    if (!this.#traces && this.#text.length <= tooLong) {
      this.#traces = new Traces();
      this.#traces.read(this.#text);
    }
    return this.#traces;
  }
}

/** UTF-16 units. */
const tooLong = 100_000;

/** UTF-16 units, in half a millisecond. */
const step = 500_000;

/** Of a text that nobody has looked at. */
export function anything(text: string): Glance {
  return { kinds: undefined, ofInterest: true, mentions: new Mentions(text) };
}

/** What a document has to hold one of. */
export type Words = readonly Word[];

/** Words of which one is enough. */
export interface AnyWord {
  readonly words: Words;
  /** What has to stand in a text for any but the others to be looked for. */
  readonly mask: TraceMask;
  readonly untraced: Words;
}

export function anyOf(words: Words): AnyWord {
  const traces = words.flatMap(({ patterns }) => patterns.flatMap(({ trace }) => trace ?? []));
  const untraced = words.filter(({ patterns }) => patterns.some(({ trace }) => !trace));
  return { words, mask: maskOf(traces), untraced };
}

const known = new Map<string, Word>();

/** The same object for the same pattern, so that a text is searched for it once. */
export function wordOf({ source }: RegExp): Word {
  let word = known.get(source);
  if (!word) {
    const alternatives = /^[\w|.\\-]+$/.test(source) ? source.split("|") : [source];
    word = { patterns: alternatives.map((alternative) => new Pattern(alternative)), index: known.size };
    known.set(source, word);
  }
  return word;
}
