import type { Resource } from "../manifest/resource.ts";
import type { Fact, KnownFact, PlacedFact } from "./fact.ts";
import { type FactEntry, type FactHolder, readFact, Turned } from "./fact-entries.ts";

/**
 * What the resources of one cluster's files say, by fact. A fact is read when first asked for; `version` moves only
 * when a value, or the order of values, has changed.
 */
export class FactIndex {
  readonly #holders: () => Iterable<FactHolder>;
  readonly #states = new Map<Fact<unknown>, State>();
  /** The resources of each document as they were last read. */
  readonly #resources = new Map<FactHolder, readonly Resource[]>();
  #generation = 0;

  /** `holders` gives all documents in the order of files. */
  constructor(holders: () => Iterable<FactHolder>) {
    this.#holders = holders;
  }

  all<T>(fact: Fact<T>): readonly KnownFact<T>[] {
    const state = this.#state(fact);
    state.list ??= [...this.#holders()].flatMap((holder) => state.of.get(holder) ?? []);
    return state.list as unknown as readonly KnownFact<T>[];
  }

  /** What one resource says, and its place among all; undefined if it says nothing. */
  own<T>(fact: Fact<T>, resource: Resource): PlacedFact<T> | undefined {
    const state = this.#state(fact);
    state.places ??= placesOf(this.all(fact) as unknown as readonly FactEntry[]);
    const entry = state.places.get(resource);
    return entry && { known: entry as unknown as KnownFact<T>, index: entry.index };
  }

  /** What `of` makes of all that. It is kept here, since a WeakMap would keep what it holds until the next full collection. */
  digest<T, D>(fact: Fact<T>, of: (all: readonly KnownFact<T>[]) => D): D {
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
  update(holder: FactHolder, gone = false): void {
    const turned = gone ? undefined : new Turned(holder, this.#resources.get(holder));
    for (const [fact, state] of this.#states) {
      const before = state.of.get(holder);
      const after = turned && readFact(fact, holder, turned, before);
      if (before && after && before.length === after.length && before.every((known, at) => known.equals(after[at]))) {
        replaced(before, after, state.places);
        continue;
      }
      if (after) state.of.set(holder, after);
      else state.of.delete(holder);
      if (!before?.length && !after?.length) continue;
      state.version++;
      this.#generation++;
      state.list = undefined;
      state.places = undefined;
      state.digests.clear();
    }
    if (turned?.wasRead) this.#resources.set(holder, turned.now);
    else this.#resources.delete(holder);
  }

  #state(fact: Fact<unknown>): State {
    let state = this.#states.get(fact);
    if (!state) {
      state = { version: 1, of: new Map(), list: undefined, places: undefined, digests: new Map() };
      for (const holder of this.#holders()) {
        const entries = readFact(fact, holder);
        if (entries) state.of.set(holder, entries);
      }
      this.#states.set(fact, state);
    }
    return state;
  }
}

interface State {
  version: number;
  /** Documents that were read for it, whether they say something or not. */
  readonly of: Map<FactHolder, readonly FactEntry[]>;
  list: readonly FactEntry[] | undefined;
  places: Map<Resource, FactEntry> | undefined;
  readonly digests: Map<unknown, unknown>;
}

function placesOf(all: readonly FactEntry[]): Map<Resource, FactEntry> {
  const places = new Map<Resource, FactEntry>();
  for (const [index, entry] of all.entries()) {
    entry.index = index;
    places.set(entry.resource, entry);
  }
  return places;
}

/** The same is said by other resources now: at a keystroke few of a folder's places change. */
function replaced(
  before: readonly FactEntry[],
  after: readonly FactEntry[],
  places: Map<Resource, FactEntry> | undefined,
): void {
  for (const entry of before) places?.delete(entry.resource);
  for (const [index, entry] of before.entries()) {
    entry.resource = (after[index] as FactEntry).resource;
    places?.set(entry.resource, entry);
  }
}
