import type { Sheet } from "./checked-document.ts";
import { FactIndex } from "./fact-index.ts";

/** The files that are meant for one cluster, by name, and what they say together. */
export interface Scope<File extends { readonly sheets: readonly Sheet[] }> {
  readonly key: string;
  readonly facts: FactIndex;
  readonly entries: Map<string, File>;
}

/** The clusters that the files of a workspace are meant for. */
export class Scopes<File extends { readonly sheets: readonly Sheet[] }> implements Iterable<Scope<File>> {
  readonly #byKey = new Map<string, Scope<File>>();

  of(key: string): Scope<File> {
    let scope = this.#byKey.get(key);
    if (!scope) {
      const entries = new Map<string, File>();
      scope = { key, facts: new FactIndex(() => sheetsOf(entries)), entries };
      this.#byKey.set(key, scope);
    }
    return scope;
  }

  /** Its last file was closed. */
  drop({ key }: Scope<File>): void {
    this.#byKey.delete(key);
  }

  [Symbol.iterator](): Iterator<Scope<File>> {
    return this.#byKey.values();
  }
}

function* sheetsOf(entries: ReadonlyMap<string, { readonly sheets: readonly Sheet[] }>): Generator<Sheet> {
  for (const { sheets } of entries.values()) yield* sheets;
}
