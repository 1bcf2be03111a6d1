import type { Glance } from "../manifest/mentions.ts";
import type { Resource } from "../manifest/resource.ts";
import { type Fact, type Known, maySay, type Placed } from "./fact.ts";

/** Whose facts a document's are: its file and its number there, kept true while documents are inserted above it. */
export interface Holder {
  readonly file: string;
  document: number;
  readonly glance: Glance;
  readonly resources: readonly Resource[];
}

/**
 * What the resources of one cluster's files say, by fact. A fact is read when first asked for; `version` moves only
 * when a value, or the order of values, has changed.
 */
export class FactIndex {
  readonly #holders: () => Iterable<Holder>;
  readonly #states = new Map<Fact<unknown>, State>();
  #generation = 0;

  /** `holders` gives all documents in the order of files. */
  constructor(holders: () => Iterable<Holder>) {
    this.#holders = holders;
  }

  all<T>(fact: Fact<T>): readonly Known<T>[] {
    const state = this.#state(fact);
    state.list ??= [...this.#holders()].flatMap((holder) => state.of.get(holder) ?? []);
    return state.list as unknown as readonly Known<T>[];
  }

  /** What one resource says, and its place among all; undefined if it says nothing. */
  own<T>(fact: Fact<T>, resource: Resource): Placed<T> | undefined {
    const state = this.#state(fact);
    state.places ??= placesOf(this.all(fact) as unknown as readonly Entry[]);
    const entry = state.places.get(resource);
    return entry && { known: entry as unknown as Known<T>, index: entry.index };
  }

  /** What `of` makes of all that. It is kept here, since a WeakMap would keep what it holds until the next full collection. */
  digest<T, D>(fact: Fact<T>, of: (all: readonly Known<T>[]) => D): D {
    const { digests } = this.#state(fact);
    if (!digests.has(of)) digests.set(of, of(this.all(fact)));
    return digests.get(of) as D;
  }

  /** Moves whenever the version of any fact does. */
  get generation(): number {
    return this.#generation;
  }

  version(fact: Fact<unknown>): number {
    return this.#states.get(fact)?.version ?? 0;
  }

  /** A document came, changed or went (then with no resources). */
  update(holder: Holder, gone = false): void {
    for (const [fact, state] of this.#states) {
      const before = state.of.get(holder) ?? [];
      const after = gone ? [] : read(fact, holder);
      if (before.length === 0 && after.length === 0) continue;
      const same =
        before.length === after.length && before.every((known, index) => known.equals(after[index] as Entry));
      if (same) {
        replaced(before, after, state.places);
        continue;
      }
      if (after.length > 0) state.of.set(holder, after);
      else state.of.delete(holder);
      state.version++;
      this.#generation++;
      state.list = undefined;
      state.places = undefined;
      state.digests.clear();
    }
  }

  #state(fact: Fact<unknown>): State {
    let state = this.#states.get(fact);
    if (!state) {
      state = { version: 1, of: new Map(), list: undefined, places: undefined, digests: new Map() };
      for (const holder of this.#holders()) {
        const entries = read(fact, holder);
        if (entries.length > 0) state.of.set(holder, entries);
      }
      this.#states.set(fact, state);
    }
    return state;
  }
}

interface State {
  version: number;
  readonly of: Map<Holder, readonly Entry[]>;
  list: readonly Entry[] | undefined;
  places: Map<Resource, Entry> | undefined;
  readonly digests: Map<unknown, unknown>;
}

function placesOf(all: readonly Entry[]): Map<Resource, Entry> {
  const places = new Map<Resource, Entry>();
  for (const [index, entry] of all.entries()) {
    entry.index = index;
    places.set(entry.resource, entry);
  }
  return places;
}

/** The same is said by other resources now: at a keystroke few of a folder's places change. */
function replaced(before: readonly Entry[], after: readonly Entry[], places: Map<Resource, Entry> | undefined): void {
  for (const entry of before) places?.delete(entry.resource);
  for (const [index, entry] of before.entries()) {
    entry.resource = (after[index] as Entry).resource;
    places?.set(entry.resource, entry);
  }
}

class Entry implements Known<unknown> {
  resource: Resource;
  /** Its place among all, once somebody asked for it. */
  index = -1;
  readonly value: unknown;
  readonly #holder: Holder;
  #identity: string | undefined;

  constructor(resource: Resource, value: unknown, holder: Holder) {
    this.resource = resource;
    this.value = value;
    this.#holder = holder;
  }

  get kind(): string {
    return this.resource.kind;
  }

  get name(): string | undefined {
    return this.resource.name;
  }

  get namespace(): string | undefined {
    return this.resource.namespace;
  }

  get file(): string {
    return this.#holder.file;
  }

  get document(): number {
    return this.#holder.document;
  }

  isOf(resource: Resource): boolean {
    return this.resource === resource;
  }

  equals(other: Entry): boolean {
    return this.#identify() === other.#identify();
  }

  #identify(): string {
    this.#identity ??= JSON.stringify([this.value, this.kind, this.namespace, this.name]);
    return this.#identity;
  }
}

function read(fact: Fact<unknown>, holder: Holder): Entry[] {
  const entries: Entry[] = [];
  if (!maySay(fact, holder.glance)) return entries;
  for (const resource of holder.resources) {
    if (resource.isPart || (!fact.kinds.includes(resource.kind) && fact.kinds[0] !== "*")) continue;
    const value = safely(() => fact.read(resource));
    if (value !== undefined) entries.push(new Entry(resource, value, holder));
  }
  return entries;
}

/** A fact that cannot be read says nothing; a crash of the rule that asks for it is the rule's, not the reader's. */
function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
