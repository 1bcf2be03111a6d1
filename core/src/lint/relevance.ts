import { addressWords } from "../literals/address-fields.ts";
import { hasParts } from "../manifest/chart-values.ts";
import { kindless, writtenAs } from "../manifest/classify.ts";
import { holdsFile } from "../manifest/embedded.ts";
import type { Rule } from "./rule.ts";
import type { NamedRule } from "./run-rule.ts";

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
  readonly patterns: readonly RegExp[];
  /** Its place among all words. */
  readonly index: number;
}

/** Which words a text holds, each looked for once. One that was decoded as Latin-1 will do, as what rules mention is ASCII. */
export class Mentions {
  readonly #text: string;
  /** A bit for every word, by its index: those that were looked for, and those that were found. */
  readonly #asked: number[] = [0, 0, 0];
  readonly #held: number[] = [0, 0, 0];

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

  #holds(patterns: readonly RegExp[]): boolean {
    for (const pattern of patterns) if (pattern.test(this.#text)) return true;
    return false;
  }
}

/** Of a text that nobody has looked at. */
export function anything(text: string): Glance {
  return { kinds: undefined, ofInterest: true, mentions: new Mentions(text) };
}

/** What a document has to hold one of. */
export type Words = readonly Word[];

/** What a rule wants to see in a document with a resource of this kind; undefined if anything. */
export function wordsOf({ kinds, mentions }: Rule, kind: string): Words | undefined {
  if (!mentions) return undefined;
  const own = mentions.map(wordOf);
  return kinds.includes("*") && own.length > 0 ? [...own, ...addressWords(kind).map(wordOf)] : own;
}

const known = new Map<string, Word>();

/** The same object for the same pattern, so that a text is searched for it once. */
export function wordOf({ source }: RegExp): Word {
  let word = known.get(source);
  if (!word) {
    const alternatives = /^[\w|.\\-]+$/.test(source) ? source.split("|") : [source];
    word = { patterns: alternatives.map((alternative) => new RegExp(alternative, "im")), index: known.size };
    known.set(source, word);
  }
  return word;
}

/**
 * Tells from the text of a document whether any rule can have something to say about it. Most documents of a workspace
 * hold nothing of the kind, and are neither parsed nor looked at.
 */
export class Interest {
  readonly #rules: readonly NamedRule[];
  readonly #named: ReadonlySet<string>;
  readonly #byKind = new Map<string, Words | undefined>();

  constructor(rules: readonly NamedRule[]) {
    this.#rules = rules;
    this.#named = new Set(rules.flatMap(({ rule }) => rule.kinds));
  }

  glance(text: string): Glance {
    return this.#judge(kindsIn(text), new Mentions(text));
  }

  /** The same word by word: in a text of a million characters each takes half a millisecond. */
  *glancing(text: string): Generator<undefined, Glance> {
    const kinds = kindsIn(text);
    const mentions = new Mentions(text);
    for (const kind of kinds ?? [])
      for (const word of this.#wordsOf(kind) ?? []) {
        yield;
        if (mentions.has(word)) return this.#judge(kinds, mentions);
      }
    return this.#judge(kinds, mentions);
  }

  #judge(kinds: Glance["kinds"], mentions: Mentions): Glance {
    const saysSomething = (kind: string) => {
      const words = this.#wordsOf(kind);
      return !words || mentions.any(words);
    };
    return { kinds, ofInterest: kinds?.some(saysSomething) ?? true, mentions };
  }

  #wordsOf(kind: string): Words | undefined {
    if (!this.#byKind.has(kind)) this.#byKind.set(kind, this.#isNamed(kind) ? this.#read(kind) : this.#wordsOf("*"));
    return this.#byKind.get(kind);
  }

  #isNamed(kind: string): boolean {
    return kind === "*" || kind === schema || this.#named.has(kind) || addressWords(kind).length > 0;
  }

  #read(kind: string): Words | undefined {
    if (kind === schema) return [];
    const own = this.#rules.filter(({ rule }) => rule.kinds.includes(kind) || rule.kinds.includes("*"));
    const lists = own.map(({ rule }) => wordsOf(rule, kind));
    const words = [...new Set(lists.flatMap((list) => list ?? []))];
    // Where all wait for another to look, nobody would.
    return lists.includes(undefined) || (own.length > 0 && words.length === 0) ? undefined : words;
  }
}

/**
 * The kinds of resource that a text may hold: every word behind a `kind:`, wherever it stands, since that may be an item of a
 * List or an object in a ConfigMap. undefined if it cannot be told like this: for a template's, and for files of other formats.
 */
function kindsIn(text: string): readonly string[] | undefined {
  const found = new Set<string>();
  let atTop = false;
  for (const { 1: kind = "", index } of text.matchAll(/kind\\?["']?\s*:\s*\\?["']?(\w*)/g)) {
    const startsLine = index === 0 || text[index - 1] === "\n";
    if (kind === schema && startsLine) return [schema];
    atTop ||= startsLine;
    found.add(kind);
  }
  if (!atTop && hasParts.test(text)) return undefined;
  if (found.size === 0) return kindless;
  if (found.has("") || found.has("NetworkAttachmentDefinition")) return undefined;
  const [only = "", ...more] = found;
  const kinds = more.length === 0 ? kindsOf(only) : [...new Set([...found].flatMap(kindsOf))];
  return kinds.includes("ConfigMap") && holdsFile.some((word) => word.test(text)) ? undefined : kinds;
}

const meant = new Map<string, readonly string[]>();

/** The items of a list need not repeat their kind. */
function kindsOf(written: string): readonly string[] {
  let kinds = meant.get(written);
  if (!kinds) {
    const one = written.replace(/List$/, "");
    kinds = [...new Set([written, one, ...Object.keys(writtenAs).filter((kind) => writtenAs[kind]?.includes(one))])];
    meant.set(written, kinds);
  }
  return kinds;
}

/** Three quarters of the bytes in public repositories: schemas and their descriptions, no address that is used. */
const schema = "CustomResourceDefinition";
