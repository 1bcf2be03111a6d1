import { addressWords } from "./address-fields.ts";
import type { NamedRule } from "./lint.ts";
import { kindless, writtenAs } from "./manifest/classify.ts";
import { holdsFile } from "./manifest/embedded.ts";
import type { Rule } from "./rule.ts";

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
  /** It holds something like an address. */
  readonly address: boolean;
}

/** Which words a text holds, each looked for once. */
export class Mentions {
  readonly #text: string;
  readonly #found: Map<RegExp, boolean>;

  constructor(text: string, { address }: Glance) {
    this.#text = text;
    this.#found = new Map([[addressLike, address]]);
  }

  /** At least one of them. */
  any(words: Words): boolean {
    return words.some((word) => this.#has(word));
  }

  #has(word: RegExp): boolean {
    let found = this.#found.get(word);
    if (found === undefined) {
      found = word.test(this.#text);
      this.#found.set(word, found);
    }
    return found;
  }
}

/** What a document has to hold one of. */
export type Words = readonly RegExp[];

/** What a rule wants to see in a document with a resource of this kind; undefined if anything. */
export function wordsOf({ kinds, mentions }: Rule, kind: string): Words | undefined {
  if (!mentions) return undefined;
  const own = mentions.map(anyCase);
  return kinds.includes("*") && own.length > 0 ? [...own, ...addressWords(kind)] : own;
}

const known = new Map<string, RegExp>();

/** The same object for the same words, so that a text is searched for them once. */
function anyCase({ source }: RegExp): RegExp {
  let word = known.get(source);
  if (!word) {
    word = new RegExp(source, "im");
    known.set(source, word);
  }
  return word;
}

const addressLike = anyCase(likeAddress);

/**
 * Tells from the text of a document whether any rule can have something to say about it. Most documents of a workspace
 * hold nothing of the kind, and are neither parsed nor looked at.
 */
export class Interest {
  readonly #rules: readonly NamedRule[];
  readonly #byKind = new Map<string, Words | undefined>();

  constructor(rules: readonly NamedRule[]) {
    this.#rules = rules;
  }

  /** What rules mention is ASCII: the text may be one that was decoded as Latin-1. */
  glance(text: string): Glance {
    const kinds = kindsIn(text);
    const address = addressLike.test(text);
    // One by one words are found faster than in one expression.
    const has = (word: RegExp) => (word === addressLike ? address : word.test(text));
    return { kinds, ofInterest: kinds?.some((kind) => this.#wordsOf(kind)?.some(has) ?? true) ?? true, address };
  }

  #wordsOf(kind: string): Words | undefined {
    if (!this.#byKind.has(kind)) this.#byKind.set(kind, this.#read(kind));
    return this.#byKind.get(kind);
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
  for (const { 1: kind = "", index } of text.matchAll(/kind\\?["']?\s*:\s*\\?["']?(\w*)/g)) {
    if (kind === schema && (index === 0 || text[index - 1] === "\n")) return [schema];
    found.add(kind);
  }
  if (found.size === 0) return kindless;
  if (found.has("") || found.has("NetworkAttachmentDefinition")) return undefined;
  const [only = "", ...more] = found;
  const kinds = more.length === 0 ? kindsOf(only) : [...new Set([...found].flatMap(kindsOf))];
  return kinds.includes("ConfigMap") && holdsFile.test(text) ? undefined : kinds;
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
