import { type AnyWord, anyOf, type Words } from "../manifest/mentions.ts";
import type { Resource } from "../manifest/resource.ts";
import { RulesByKind, ruleWords } from "./relevance.ts";
import type { NamedRule } from "./rule.ts";

/** A rule that looks at a kind, and what a document with one has to mention for it; undefined if it may hold anything. */
export interface ChosenRule {
  readonly rule: NamedRule;
  readonly words: AnyWord | undefined;
  /** Rules that look for the same words have the same number. */
  readonly asking: number;
}

/** The rules that look at a kind, picked once per kind. */
export class RuleSet {
  readonly #all: readonly NamedRule[];
  readonly #rules: RulesByKind;
  readonly #byKind = new Map<string, readonly ChosenRule[]>();
  readonly #worlds = new Map<string, object>();
  readonly #parts = new Map<string, RuleSet>();

  constructor(rules: readonly NamedRule[]) {
    this.#all = rules;
    this.#rules = new RulesByKind(rules);
  }

  /** One for the same rules, so that it is known in one workspace what they said in another. */
  static of(rules: readonly NamedRule[]): RuleSet {
    const known = sets.get(rules) ?? new RuleSet(rules);
    sets.set(rules, known);
    return known;
  }

  /** The same object for worlds that are described by the same words. */
  alike(world: string): object {
    const known = this.#worlds.get(world) ?? {};
    this.#worlds.set(world, known);
    return known;
  }

  /** Some of the rules, by their ids. */
  only(ids: ReadonlySet<string>): RuleSet {
    const key = [...ids].sort().join();
    const known = this.#parts.get(key) ?? new RuleSet(this.#all.filter(({ id }) => ids.has(id)));
    this.#parts.set(key, known);
    return known;
  }

  for({ kind, group }: Resource): readonly ChosenRule[] {
    const known = this.#rules.isNamed(kind) ? kind : "*";
    const key = `${group}/${known}`;
    let chosen = this.#byKind.get(key);
    if (!chosen) {
      const numbers = new Map<string, number>();
      const numberOf = (words: Words) => {
        const asked = words.map(({ index }) => index).join();
        if (!numbers.has(asked)) numbers.set(asked, numbers.size);
        return numbers.get(asked) as number;
      };
      chosen = this.#rules
        .of(known)
        .filter(({ rule }) => rule.groups?.includes(group) ?? true)
        .map((named) => {
          const words = ruleWords(named.rule, known) ?? [];
          return { rule: named, words: words.length > 0 ? anyOf(words) : undefined, asking: numberOf(words) };
        });
      this.#byKind.set(key, chosen);
    }
    return chosen;
  }
}

const sets = new WeakMap<readonly NamedRule[], RuleSet>();
