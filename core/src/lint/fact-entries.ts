import type { Glance } from "../manifest/mentions.ts";
import type { Resource } from "../manifest/resource.ts";
import { unchanged } from "./alike.ts";
import { type Fact, type KnownFact, maySay } from "./fact.ts";

/** Whose facts a document's are: its file and its number there, kept true while documents are inserted above it. */
export interface FactHolder {
  readonly file: string;
  document: number;
  readonly glance: Glance;
  readonly resources: readonly Resource[];
}

/** The resources of a document that was edited, and those before. They are read when somebody asks. */
export class Turned {
  readonly #holder: FactHolder;
  readonly #before: readonly Resource[] | undefined;
  #now: readonly Resource[] | undefined;
  #kept: readonly boolean[] = [];

  constructor(holder: FactHolder, before: readonly Resource[] | undefined) {
    this.#holder = holder;
    this.#before = before;
  }

  get wasRead(): boolean {
    return this.#now !== undefined;
  }

  get now(): readonly Resource[] {
    if (!this.#now) {
      this.#now = this.#holder.resources;
      if (this.#before) this.#kept = unchanged(this.#before, this.#now);
    }
    return this.#now;
  }

  /** Of the same text as before, at the same place: an item of a List in which another was edited. */
  isKept(index: number): boolean {
    return this.#kept[index] === true;
  }

  before(index: number): Resource | undefined {
    return this.#before?.[index];
  }
}

/** What one resource says. */
export class FactEntry implements KnownFact<unknown> {
  resource: Resource;
  /** Its place among all, once somebody asked for it. */
  index = -1;
  readonly value: unknown;
  readonly #holder: FactHolder;
  #identity: string | undefined;

  constructor(resource: Resource, value: unknown, holder: FactHolder) {
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

  /** The same is said by the same object, which was read again. */
  of(resource: Resource): FactEntry {
    const entry = new FactEntry(resource, this.value, this.#holder);
    entry.#identity = this.#identify();
    return entry;
  }

  equals(other: FactEntry | undefined): boolean {
    return other !== undefined && this.#identify() === other.#identify();
  }

  #identify(): string {
    this.#identity ??= JSON.stringify([this.value, this.kind, this.namespace, this.name]);
    return this.#identity;
  }
}

/** undefined where there is nothing to be read. `before`: what was said before it turned. */
export function readFact(
  fact: Fact<unknown>,
  holder: FactHolder,
  turned?: Turned,
  before?: readonly FactEntry[],
): FactEntry[] | undefined {
  if (!maySay(fact, holder.glance)) return undefined;
  const entries: FactEntry[] = [];
  let next = 0;
  for (const [index, resource] of (turned?.now ?? holder.resources).entries()) {
    const known = before?.[next];
    const own = known !== undefined && known.resource === turned?.before(index) ? known : undefined;
    if (own) next++;
    if (before && turned?.isKept(index)) {
      if (own) entries.push(own.of(resource));
    } else if (!resource.isPart && (fact.kinds.includes(resource.kind) || fact.kinds[0] === "*")) {
      // A document may stand in many scopes, one for each build that it goes into.
      const value = resource.once(fact, () => safely(() => fact.read(resource)));
      if (value !== undefined) entries.push(new FactEntry(resource, value, holder));
    }
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
