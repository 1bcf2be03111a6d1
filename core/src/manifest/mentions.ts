import { type Trace, Traces, traceOf } from "./traces.ts";

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

interface Pattern {
  readonly regex: RegExp;
  /** What has to stand in a text for it to be looked for. */
  readonly trace: Trace | undefined;
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
  any(words: Words): boolean {
    for (const word of words) if (this.has(word)) return true;
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
    for (const { regex, trace } of patterns) if (this.#may(trace) && regex.test(this.#text)) return true;
    return false;
  }

  #may(trace: Trace | undefined): boolean {
    if (!trace) return true;
    // Of an edited text of many pieces each character is dear, and hardly anything is asked: `look` is for those who ask much.
    if (!this.#traces && this.#text.length > tooLong) return true;
    if (!this.#traces) {
      this.#traces = new Traces();
      this.#traces.read(this.#text);
    }
    return this.#traces.may(trace);
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

const known = new Map<string, Word>();

/** The same object for the same pattern, so that a text is searched for it once. */
export function wordOf({ source }: RegExp): Word {
  let word = known.get(source);
  if (!word) {
    const alternatives = /^[\w|.\\-]+$/.test(source) ? source.split("|") : [source];
    const patterns = alternatives.map((alternative) => {
      const regex = new RegExp(alternative, "im");
      return { regex, trace: traceOf(regex) };
    });
    word = { patterns, index: known.size };
    known.set(source, word);
  }
  return word;
}
