import type { Resource } from "./manifest/resource.ts";

/**
 * What resources say on one subject, as small plain JSON: the prefixes of a pool, the selector of a Service. Rules
 * that look beyond their own resource ask the World for facts. The engine reads a fact once per resource and runs
 * the rules that asked for it again only when what it says has changed, so a keystroke elsewhere costs nothing.
 */
export interface Fact<T> {
  readonly kinds: readonly string[];
  /** Pure; plain JSON, so that it can be compared. Throwing counts as undefined. */
  read(resource: Resource): T | undefined;
}

/** A fact and whose it is. */
export interface Known<T> {
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

const kindsOfFacts = new Set<string>();

export function fact<T>(kinds: readonly string[], read: (resource: Resource) => T | undefined): Fact<T> {
  for (const kind of kinds) kindsOfFacts.add(kind);
  return { kinds, read };
}

/** The kinds that any fact made so far is read from. */
export function factKinds(): ReadonlySet<string> {
  return kindsOfFacts;
}
