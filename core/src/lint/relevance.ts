import { addressWords } from "../literals/address-fields.ts";
import { hasParts } from "../manifest/chart-values.ts";
import { kindless, writtenAs } from "../manifest/classify.ts";
import { holdsFile } from "../manifest/embedded.ts";
import { holdsNamedFile } from "../manifest/files-in-values.ts";
import { type Glance, likeAddress, Mentions, type Words, wordOf } from "../manifest/mentions.ts";
import { mayHold } from "../manifest/wrappers.ts";
import type { NamedRule, Rule } from "./rule.ts";

/** What a rule wants to see in a document with a resource of this kind; undefined if anything. */
export function ruleWords({ kinds, mentions }: Rule, kind: string): Words | undefined {
  if (!mentions) return undefined;
  const own = mentions.map(wordOf);
  // A field of the table may hold what no address looks like.
  return kinds.includes("*") && mentions.includes(likeAddress) ? [...own, ...addressWords(kind).map(wordOf)] : own;
}

/** Which rules look at which kind: there are hundreds of kinds in a folder, and most are named by no rule. */
export class RulesByKind {
  readonly #rules: readonly NamedRule[];
  readonly #named = new Map<string, Set<NamedRule>>([["*", new Set()]]);

  constructor(rules: readonly NamedRule[]) {
    this.#rules = rules;
    for (const named of rules)
      for (const kind of named.rule.kinds) {
        const own = this.#named.get(kind);
        if (own) own.add(named);
        else this.#named.set(kind, new Set([named]));
      }
  }

  /** False for a kind of which nothing is known but what is known of every kind. */
  isNamed(kind: string): boolean {
    return this.#named.has(kind) || addressWords(kind).length > 0;
  }

  /** Those that name it and those that look at every kind, in the order given. */
  of(kind: string): readonly NamedRule[] {
    const [own, all] = [this.#named.get(kind), this.#named.get("*")];
    return this.#rules.filter((named) => own?.has(named) || all?.has(named));
  }
}

/**
 * Tells from the text of a document whether any rule can have something to say about it. Most documents of a workspace
 * hold nothing of the kind, and are neither parsed nor looked at.
 */
export class Interest {
  readonly #rules: RulesByKind;
  readonly #byKind = new Map<string, Words | undefined>();

  constructor(rules: readonly NamedRule[]) {
    this.#rules = new RulesByKind(rules);
  }

  glance(text: string): Glance {
    return this.#judge(kindsIn(text), new Mentions(text));
  }

  /** The same word by word: in a text of a million characters each takes half a millisecond. */
  *glancing(text: string): Generator<undefined, Glance> {
    const kinds = kindsIn(text);
    const mentions = new Mentions(text);
    const words = kinds?.map((kind) => this.#wordsOf(kind) ?? []);
    yield* mentions.look();
    for (const own of words ?? [])
      for (const word of own) {
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
    if (!this.#byKind.has(kind)) {
      const known = kind === schema || this.#rules.isNamed(kind);
      this.#byKind.set(kind, known ? this.#read(kind) : this.#wordsOf("*"));
    }
    return this.#byKind.get(kind);
  }

  #read(kind: string): Words | undefined {
    if (kind === schema) return [];
    const own = this.#rules.of(kind);
    const lists = own.map(({ rule }) => ruleWords(rule, kind));
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
  if (!atTop && (hasParts.test(text) || holdsNamedFile.test(text))) return undefined;
  if (found.size === 0) return kindless;
  if (found.has("") || found.has("NetworkAttachmentDefinition")) return undefined;
  const [only = "", ...more] = found;
  const named = more.length === 0 ? kindsOf(only) : [...new Set([...found].flatMap(kindsOf))];
  // What says its kind further in only is wrapped up in something that has none.
  const kinds = atTop ? named : [...new Set([...kindless, ...named])];
  if (kinds.includes("HelmValues") && holdsNamedFile.test(text)) return undefined;
  return kinds.includes("ConfigMap") && holdsFile.some((word) => word.test(text)) ? undefined : kinds;
}

const meant = new Map<string, readonly string[]>();

/** The items of a list need not repeat their kind. */
function kindsOf(written: string): readonly string[] {
  let kinds = meant.get(written);
  if (!kinds) {
    const one = written.replace(/List$/, "");
    const all = [written, one, ...Object.keys(writtenAs).filter((kind) => writtenAs[kind]?.includes(one))];
    kinds = [...new Set([...all, ...all.flatMap(mayHold)])];
    meant.set(written, kinds);
  }
  return kinds;
}

/** Three quarters of the bytes in public repositories: schemas and their descriptions, no address that is used. */
const schema = "CustomResourceDefinition";
