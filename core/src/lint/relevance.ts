import { addressWords } from "../literals/address-fields.ts";
import { type AnyWord, anyOf, type Glance, likeAddress, Mentions, type Words, wordOf } from "../manifest/mentions.ts";
import { kindsIn, schema } from "./kinds-in-text.ts";
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
  readonly #byKind = new Map<string, AnyWord | undefined>();

  constructor(rules: readonly NamedRule[]) {
    this.#rules = new RulesByKind(rules);
  }

  /** One for the same rules, so that what they look for is put together once. */
  static of(rules: readonly NamedRule[]): Interest {
    const known = interests.get(rules) ?? new Interest(rules);
    interests.set(rules, known);
    return known;
  }

  glance(text: string): Glance {
    const mentions = new Mentions(text);
    return this.#judge(kindsIn(text, mentions), mentions);
  }

  /** The same word by word: in a text of a million characters each takes half a millisecond. */
  *glancing(text: string): Generator<undefined, Glance> {
    const mentions = new Mentions(text);
    yield* mentions.look();
    const kinds = kindsIn(text, mentions);
    for (const kind of kinds ?? [])
      for (const word of this.#wordsOf(kind)?.words ?? []) {
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

  #wordsOf(kind: string): AnyWord | undefined {
    if (!this.#byKind.has(kind)) {
      const known = kind === schema || this.#rules.isNamed(kind);
      this.#byKind.set(kind, known ? this.#read(kind) : this.#wordsOf("*"));
    }
    return this.#byKind.get(kind);
  }

  #read(kind: string): AnyWord | undefined {
    if (kind === schema) return anyOf([]);
    const own = this.#rules.of(kind);
    const lists = own.map(({ rule }) => ruleWords(rule, kind));
    const words = [...new Set(lists.flatMap((list) => list ?? []))];
    // Where all wait for another to look, nobody would.
    return lists.includes(undefined) || (own.length > 0 && words.length === 0) ? undefined : anyOf(words);
  }
}

const interests = new WeakMap<readonly NamedRule[], Interest>();
