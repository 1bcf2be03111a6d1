import type { Document } from "../manifest/document.ts";
import type { ManifestFile } from "../manifest/file.ts";
import type { Checked, Sheet } from "./checked-document.ts";
import type { Directives } from "./directives.ts";
import { heldBy, mostHeld } from "./room.ts";
import { type Scope, Scopes } from "./scopes.ts";
import { Graded } from "./severities.ts";

/** A file that is open, and what is known of it. */
export interface OpenFile {
  readonly file: ManifestFile;
  readonly sheets: Sheet[];
  /** The cluster and version the sheets were checked for. */
  meant: string;
  readonly scope: Scope<OpenFile>;
  /** Findings as comments and settings have them, kept while these stay. */
  readonly graded: Graded;
  /** What its comments say to the linter; undefined when that has to be read again. */
  said: Directives | undefined;
  /** The last result, and the generation of facts it holds for; undefined when every document has to be asked. */
  last: { readonly checked: readonly Checked[]; readonly generation: number } | undefined;
  /** The documents that were edited since. */
  readonly edited: Set<number>;
  /** Of {@link heldBy}, when it was opened. */
  readonly held: number;
}

/** The files of a workspace by their names, the clusters they are meant for, and which of these are not what they were. */
export class OpenFiles {
  #files = new Map<string, OpenFile>();
  #scopes = new Scopes<OpenFile>();
  #touched = new Set<Scope<OpenFile>>();
  #held = 0;

  get(name: string): OpenFile | undefined {
    return this.#files.get(name);
  }

  get names(): Iterable<string> {
    return this.#files.keys();
  }

  get entries(): Iterable<[string, OpenFile]> {
    return this.#files;
  }

  get scopes(): Iterable<Scope<OpenFile>> {
    return this.#scopes;
  }

  /** Whether there is room for documents beside those that are open; for a file by itself there is. */
  hasRoom(documents: readonly Document[]): boolean {
    return this.#held === 0 || this.#held + heldBy(documents) <= mostHeld;
  }

  add(name: string, file: ManifestFile, sheets: Sheet[], scopeOf: (name: string) => string): OpenFile {
    const scope = this.#scopes.of(scopeOf(name));
    for (const sheet of sheets) sheet.forget();
    const entry: OpenFile = {
      file,
      sheets,
      meant: "",
      scope,
      graded: new Graded(),
      said: undefined,
      last: undefined,
      edited: new Set(),
      held: heldBy(file.documents),
    };
    this.#files.set(name, entry);
    this.#held += entry.held;
    scope.entries.set(name, entry);
    this.touch(scope);
    return entry;
  }

  remove(name: string, entry: OpenFile): void {
    const { scope } = entry;
    this.#files.delete(name);
    this.#held -= entry.held;
    this.touch(scope);
    scope.entries.delete(name);
    if (scope.entries.size === 0) this.#scopes.drop(scope);
    for (const sheet of entry.sheets) scope.facts.update(sheet, true);
  }

  clear(): void {
    // A Map or a Set that is cleared points from the table it had to the one it has, so that what dies young would be kept for long.
    this.#files = new Map();
    this.#held = 0;
    this.#scopes = new Scopes();
    this.#touched = new Set();
  }

  /** What is said in a scope may be another thing now. */
  touch(scope: Scope<OpenFile>): void {
    this.#touched.add(scope);
  }

  /** The files of the clusters in which something may be said otherwise than when this was asked last. */
  restless(): readonly string[] {
    return [...this.#touched].flatMap(({ entries }) => [...entries.keys()]);
  }

  /** They have been told of. */
  settled(): void {
    this.#touched = new Set();
  }
}
