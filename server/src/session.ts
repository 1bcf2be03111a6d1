import type { Connection, TextDocumentContentChangeEvent } from "vscode-languageserver";
import { Builds } from "#core/kustomize/builds.ts";
import type { Checked } from "#core/lint/checked-document.ts";
import { namesOfRules } from "#core/lint/notes.ts";
import { Prefilter } from "#core/lint/prefilter.ts";
import type { NamedRule } from "#core/lint/rule.ts";
import { Workspace } from "#core/lint/workspace.ts";
import type { Document } from "#core/manifest/document.ts";
import type { ManifestFile, Position } from "#core/manifest/file.ts";
import { isPlaced, nameOf, uriOf } from "./names.ts";
import { Preferences } from "./preferences.ts";
import { inSlices, oneSlice, reload, type Shelf, scan } from "./scan.ts";
import type { Store } from "./store.ts";
import { Stores } from "./stores.ts";
import { type OpenDocument, Telling } from "./telling.ts";

/**
 * The open documents, the files around them, and what was last said of each. Edits change the workspace at once;
 * diagnostics follow when the event loop has taken in every message that waits, so that a burst of keystrokes is checked
 * once and nothing is delayed.
 */
export class Session implements Shelf {
  readonly store: Stores;
  readonly preferences: Preferences;
  readonly workspace: Workspace;
  readonly prefilter: Prefilter;
  readonly builds: Builds;
  readonly #connection: Connection;
  readonly #open = new Map<string, OpenDocument>();
  /** The open documents of whose text not everything was heard: they count as empty. */
  readonly #astray = new Set<string>();
  readonly #telling: Telling;
  /** Files were left out for want of room, and that was said. */
  #left = false;
  #scheduled = false;
  #turn = 0;
  #folders: readonly string[] = [];
  #scan = 0;

  constructor(connection: Connection, rules: readonly NamedRule[], disk?: Store) {
    this.store = new Stores(disk);
    this.preferences = new Preferences(this.store);
    this.#connection = connection;
    this.builds = new Builds(
      rules,
      () => this.preferences.settings,
      (name) => this.workspace.file(name),
      this.store.read,
      this.store.isTop,
    );
    this.workspace = new Workspace(rules, { ...this.preferences.settings, builds: this.builds });
    this.prefilter = new Prefilter(rules);
    this.#telling = new Telling(connection, this.workspace, this.preferences, this.#open, namesOfRules(rules));
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  isOpen(name: string): boolean {
    return this.#open.has(name);
  }

  leave(name: string): void {
    if (this.#left) return;
    this.#left = true;
    this.#connection.console.warn(
      `${name} and others are not judged until they are opened: the files beside them hold as much as is held at once.`,
    );
  }

  /** As the client spells it, if it has opened it. */
  uriOf(name: string): string {
    return this.#open.get(name)?.uri ?? uriOf(name);
  }

  open(uri: string, version: number, text: string): string {
    const name = nameOf(uri);
    this.#telling.opened(name, uri);
    this.#astray.delete(name);
    this.#open.set(name, { uri, version });
    if (isPlaced(name)) this.builds.know(name);
    this.workspace.open(name, text);
    this.#schedule();
    return name;
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const name = nameOf(uri);
    this.#open.delete(name);
    this.#open.set(name, { uri, version });
    if (this.#astray.has(name) && changes.every((change) => "range" in change)) return;
    this.#astray.delete(name);
    for (const change of changes)
      this.workspace.change(name, "range" in change ? { ...change.range, text: change.text } : { text: change.text });
    this.#schedule();
  }

  /** What is on disk counts again. */
  close(uri: string): void {
    const name = nameOf(uri);
    this.#open.delete(name);
    this.#astray.delete(name);
    this.preferences.forget(name);
    this.workspace.close(name);
    this.#telling.closed(name, uri);
    this.#inSlices(reload(name, this));
  }

  /**
   * A change of a document may have been lost: an edit would go wrong, so that nothing is said of any until its whole text comes again.
   * Whether any was open.
   */
  lose(): boolean {
    for (const name of this.#open.keys()) {
      this.#astray.add(name);
      this.workspace.open(name, "");
    }
    this.#schedule();
    return this.#open.size > 0;
  }

  /** What files are judged by has changed: everything is looked at anew. */
  reconfigure(): void {
    this.builds.forget();
    this.workspace.configure({ ...this.preferences.settings, builds: this.builds });
    this.#schedule();
  }

  /** The objects of an open document as they were before are known now. */
  recheck(name: string): void {
    this.workspace.forget(name);
    this.#schedule();
  }

  /** Reads what lies in the workspace folders, in place of those of before. */
  watch(folders: readonly string[]): void {
    this.#folders = folders;
    this.preferences.within(folders);
    for (const name of [...this.workspace.files]) if (!this.isOpen(name)) this.workspace.close(name);
    const number = ++this.#scan;
    this.#inSlices(scan(folders, this), () => number === this.#scan);
  }

  /** Files of folders that are on no disk came, changed or went. */
  told(files: readonly { readonly uri: string; readonly text: string | null }[]): void {
    for (const { uri, text } of files) this.store.told.set(nameOf(uri), text);
    this.changedOnDisk(files.map(({ uri }) => nameOf(uri)));
  }

  /** Files changed, came or went on disk. */
  changedOnDisk(names: readonly string[]): void {
    if (names.map((name) => this.preferences.changed(name)).includes(true)) {
      this.reconfigure();
      // Which files are patches, or left out, is decided when they are read.
      for (const name of this.#open.keys()) this.workspace.open(name, this.workspace.file(name)?.text ?? "");
      this.watch(this.#folders);
    }
    for (const name of names) if (!this.isOpen(name)) this.#inSlices(reload(name, this));
  }

  /** An open document, and the place in it; undefined if the client never opened it. */
  at(uri: string, position: Position): Spot | undefined {
    const file = this.workspace.file(nameOf(uri));
    return file && { file, ...file.at(position) };
  }

  file(uri: string): ManifestFile | undefined {
    return this.workspace.file(nameOf(uri));
  }

  check(uri: string): readonly Checked[] {
    const name = nameOf(uri);
    return this.preferences.excludes(name) ? [] : this.workspace.check(name);
  }

  checkOne(uri: string, document: number): Checked | undefined {
    const name = nameOf(uri);
    return this.preferences.excludes(name) ? undefined : this.workspace.checkOne(name, document);
  }

  /** `news`: what was read bears on what is to be said. */
  #inSlices(steps: Generator<unknown>, goesOn = () => true, news = true): void {
    inSlices(steps, goesOn).then(
      (done) => done && news && this.#schedule(),
      (error: unknown) => this.#connection.console.error(`work beside the requests failed: ${String(error)}`),
    );
  }

  #schedule(): void {
    this.#turn++;
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#refreshAll();
    });
  }

  /** What takes longer than a slice goes on in the next turn, unless something has changed by then. */
  #refreshAll(): void {
    const turn = this.#turn;
    const steps = this.#telling.all();
    const goesOn = (): boolean => turn === this.#turn;
    if (!oneSlice(steps)) this.#inSlices(steps, goesOn, false);
  }
}

export interface Spot {
  readonly file: ManifestFile;
  readonly document: Document;
  /** Of the document in the file. */
  readonly index: number;
  readonly offset: number;
}
