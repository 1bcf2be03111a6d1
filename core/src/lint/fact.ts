import { type Glance, type Word, wordOf } from "../manifest/mentions.ts";
import type { Resource } from "../manifest/resource.ts";

/**
 * What resources say on one subject, as small plain JSON: the prefixes of a pool, the selector of a Service. Rules
 * that look beyond their own resource ask the World for facts. The engine reads a fact once per resource and runs
 * the rules that asked for it again only when what it says has changed, so a keystroke elsewhere costs nothing.
 */
export interface Fact<T> {
  readonly kinds: readonly string[];
  /** A document that does not hold this says nothing on the subject and need not be parsed. */
  readonly word?: Word;
  /** Pure; plain JSON, so that it can be compared. Throwing counts as undefined. */
  read(resource: Resource): T | undefined;
}

/** A fact and whose it is. */
export interface KnownFact<T> {
  readonly value: T;
  readonly kind: string;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly file: string;
  /** 0-based, within the file */
  readonly document: number;
  /** Tells whether it comes from this very resource: a rule must not hold a resource against itself. */
  isOf(resource: Resource): boolean;
}

/** What one resource says, and its place among what all say. */
export interface PlacedFact<T> {
  readonly known: KnownFact<T>;
  readonly index: number;
}

const all: Fact<unknown>[] = [];
const byKind = new Map<string, readonly Fact<unknown>[]>();

export function fact<T>(
  kinds: readonly string[],
  read: (resource: Resource) => T | undefined,
  mentions?: RegExp,
): Fact<T> {
  const made = { kinds, read, ...(mentions ? { word: wordOf(mentions) } : {}) };
  all.push(made);
  byKind.clear();
  return made;
}

/** Whether a document can say anything on a subject. What is said of every kind is said of what rules look at. */
export function maySay({ kinds, word }: Fact<unknown>, { kinds: has, ofInterest, mentions }: Glance): boolean {
  if (kinds[0] === "*") return ofInterest;
  return (has?.some((kind) => kinds.includes(kind)) ?? true) && (!word || mentions.has(word));
}

/** Whether it can say anything on any subject that somebody may ask about, though no rule looks at it. */
export function maySayAnything({ kinds, mentions }: Glance): boolean {
  return kinds?.some((kind) => about(kind).some(({ word }) => !word || mentions.has(word))) ?? true;
}

function about(kind: string): readonly Fact<unknown>[] {
  let facts = byKind.get(kind);
  if (!facts) {
    facts = all.filter(({ kinds }) => kinds.includes(kind));
    byKind.set(kind, facts);
  }
  return facts;
}
