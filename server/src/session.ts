import {
  type Connection,
  MessageType,
  ShowMessageNotification,
  type TextDocumentContentChangeEvent,
} from "vscode-languageserver";
import type { Checked } from "#core/lint/checked-document.ts";
import { namesOfRules } from "#core/lint/notes.ts";
import { Prefilter } from "#core/lint/prefilter.ts";
import type { NamedRule } from "#core/lint/rule.ts";
import { Workspace } from "#core/lint/workspace.ts";
import type { Document } from "#core/manifest/document.ts";
import type { ManifestFile, Position } from "#core/manifest/file.ts";
import { printable } from "#core/text/printable.ts";
import { nameOf, uriOf } from "./names.ts";
import { Preferences } from "./preferences.ts";
import { Published } from "./publish.ts";
import { inSlices, oneSlice, reload, type Shelf, scan } from "./scan.ts";
import type { Store } from "./store.ts";
import { Stores } from "./stores.ts";

interface Open {
  /** As the client spells it. */
  readonly uri: string;
  readonly version: number;
}

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
  readonly #connection: Connection;
  readonly #open = new Map<string, Open>();
  readonly #published: Published;
  #scheduled = false;
  #turn = 0;
  #folders: readonly string[] = [];
  #scan = 0;
  readonly #told = new Set<string>();
  /** The files that are not open and of which the client was told something. */
  readonly #said = new Set<string>();

  constructor(connection: Connection, rules: readonly NamedRule[], disk?: Store) {
    this.store = new Stores(disk);
    this.preferences = new Preferences(this.store);
    this.#connection = connection;
    this.workspace = new Workspace(rules, this.preferences.settings);
    this.prefilter = new Prefilter(rules);
    this.#published = new Published(namesOfRules(rules));
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  isOpen(name: string): boolean {
    return this.#open.has(name);
  }

  /** As the client spells it, if it has opened it. */
  uriOf(name: string): string {
    return this.#open.get(name)?.uri ?? uriOf(name);
  }

  open(uri: string, version: number, text: string): string {
    const name = nameOf(uri);
    // What was said of it while it was closed is said again, of this version, under the client's own spelling.
    if (this.#said.delete(name) && uriOf(name) !== uri)
      void this.#connection.sendDiagnostics({ uri: uriOf(name), diagnostics: [] });
    this.#published.forget(name);
    this.#open.set(name, { uri, version });
    this.workspace.open(name, text);
    this.#schedule();
    return name;
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const name = nameOf(uri);
    this.#open.delete(name);
    this.#open.set(name, { uri, version });
    for (const change of changes)
      this.workspace.change(name, "range" in change ? { ...change.range, text: change.text } : { text: change.text });
    this.#schedule();
  }

  /** What is on disk counts again. */
  close(uri: string): void {
    const name = nameOf(uri);
    this.#open.delete(name);
    this.preferences.forget(name);
    this.workspace.close(name);
    // Where its findings are told all the same they stay, until it is known what is on disk.
    if (this.preferences.tells(name) && uriOf(name) === uri) this.#said.add(name);
    else {
      this.#published.forget(name);
      void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
    }
    this.#inSlices(reload(name, this));
  }

  /** What files are judged by has changed: everything is looked at anew. */
  reconfigure(): void {
    this.workspace.configure(this.preferences.settings);
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
    const steps = this.#refreshing();
    const goesOn = (): boolean => turn === this.#turn;
    if (!oneSlice(steps)) this.#inSlices(steps, goesOn, false);
  }

  *#refreshing(): Generator<undefined> {
    // Who edits one file does not wait for another: the one touched last comes first.
    for (const [name, { uri, version }] of [...this.#open].reverse()) {
      const file = this.workspace.file(name);
      if (!file) continue;
      const checked = this.preferences.excludes(name) ? [] : yield* this.workspace.checking(name);
      const diagnostics = this.#published.update(name, file, checked);
      if (!diagnostics) continue;
      for (const { rule, message } of checked.flatMap(({ crashes }) => crashes))
        this.#connection.console.error(`rule ${rule} failed on ${name}: ${message}`);
      void this.#connection.sendDiagnostics({ uri, version, diagnostics });
    }
    this.#tellUnread();
    yield* this.#refreshingOthers();
  }

  /** What is said of the files that are not open; nothing any more of those that are gone or are not to be told of. */
  *#refreshingOthers(): Generator<undefined> {
    for (const name of this.workspace.restless()) {
      if (this.isOpen(name)) continue;
      const file = this.preferences.tells(name) ? this.workspace.file(name) : undefined;
      if (!file) {
        this.#takeBack(name);
        continue;
      }
      const diagnostics = this.#published.update(name, file, yield* this.workspace.checking(name));
      if (!diagnostics || (diagnostics.length === 0 && !this.#said.has(name))) continue;
      if (diagnostics.length > 0) this.#said.add(name);
      else this.#said.delete(name);
      void this.#connection.sendDiagnostics({ uri: uriOf(name), diagnostics });
      yield;
    }
    for (const name of [...this.#said]) if (!this.workspace.file(name) || this.isOpen(name)) this.#takeBack(name);
    this.workspace.settled();
  }

  #takeBack(name: string): void {
    if (!this.isOpen(name)) this.#published.forget(name);
    if (this.#said.delete(name) && !this.isOpen(name))
      void this.#connection.sendDiagnostics({ uri: uriOf(name), diagnostics: [] });
  }

  /** Whoever wrote settings believes that they hold. */
  #tellUnread(): void {
    for (const sentence of this.preferences.unread) {
      if (this.#told.has(sentence)) continue;
      this.#told.add(sentence);
      const message = `Files are judged without ${printable(sentence)}`;
      void this.#connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
    }
  }
}

export interface Spot {
  readonly file: ManifestFile;
  readonly document: Document;
  /** Of the document in the file. */
  readonly index: number;
  readonly offset: number;
}
