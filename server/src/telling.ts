import { type Connection, MessageType, ShowMessageNotification } from "vscode-languageserver";
import type { Workspace } from "#core/lint/workspace.ts";
import { printable } from "#core/text/printable.ts";
import { uriOf } from "./names.ts";
import type { Preferences } from "./preferences.ts";
import { Published } from "./publish.ts";

/** A document that the client has opened. */
export interface OpenDocument {
  /** As the client spells it. */
  readonly uri: string;
  readonly version: number;
}

/** What the client is told: the findings of each file, and what they were made without. Nothing is said twice. */
export class Telling {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  readonly #preferences: Preferences;
  /** By name, the one touched last at the end. */
  readonly #open: ReadonlyMap<string, OpenDocument>;
  readonly #published: Published;
  readonly #told = new Set<string>();
  /** The files that are not open and of which the client was told something. */
  readonly #said = new Set<string>();

  constructor(
    connection: Connection,
    workspace: Workspace,
    preferences: Preferences,
    open: ReadonlyMap<string, OpenDocument>,
    rules: ReadonlySet<string>,
  ) {
    this.#connection = connection;
    this.#workspace = workspace;
    this.#preferences = preferences;
    this.#open = open;
    this.#published = new Published(rules);
  }

  /** What was said of it while it was closed is said again, of this version, under the client's own spelling. */
  opened(name: string, uri: string): void {
    if (this.#said.delete(name) && uriOf(name) !== uri)
      void this.#connection.sendDiagnostics({ uri: uriOf(name), diagnostics: [] });
    this.#published.forget(name);
  }

  /** Where its findings are told all the same they stay, until it is known what is on disk. */
  closed(name: string, uri: string): void {
    if (this.#preferences.tells(name) && uriOf(name) === uri) this.#said.add(name);
    else {
      this.#published.forget(name);
      void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
    }
  }

  /** Tells what is new of every file, one after the other: a step is as much as need not be interrupted. */
  *all(): Generator<undefined> {
    // Who edits one file does not wait for another: the one touched last comes first.
    for (const [name, { uri, version }] of [...this.#open].reverse()) {
      const file = this.#workspace.file(name);
      if (!file) continue;
      const checked = this.#preferences.excludes(name) ? [] : yield* this.#workspace.checking(name);
      const diagnostics = this.#published.update(name, file, checked);
      if (!diagnostics) continue;
      for (const { rule, message } of checked.flatMap(({ crashes }) => crashes))
        this.#connection.console.error(`rule ${rule} failed on ${name}: ${message}`);
      void this.#connection.sendDiagnostics({ uri, version, diagnostics });
    }
    this.#tellUnread();
    yield* this.#others();
  }

  /** What is said of the files that are not open; nothing any more of those that are gone or are not to be told of. */
  *#others(): Generator<undefined> {
    for (const name of this.#workspace.restless()) {
      if (this.#open.has(name)) continue;
      const file = this.#preferences.tells(name) ? this.#workspace.file(name) : undefined;
      if (!file) {
        this.#takeBack(name);
        continue;
      }
      const diagnostics = this.#published.update(name, file, yield* this.#workspace.checking(name));
      if (!diagnostics || (diagnostics.length === 0 && !this.#said.has(name))) continue;
      if (diagnostics.length > 0) this.#said.add(name);
      else this.#said.delete(name);
      void this.#connection.sendDiagnostics({ uri: uriOf(name), diagnostics });
      yield;
    }
    for (const name of [...this.#said]) if (!this.#workspace.file(name) || this.#open.has(name)) this.#takeBack(name);
    this.#workspace.settled();
  }

  #takeBack(name: string): void {
    if (!this.#open.has(name)) this.#published.forget(name);
    if (this.#said.delete(name) && !this.#open.has(name))
      void this.#connection.sendDiagnostics({ uri: uriOf(name), diagnostics: [] });
  }

  /** Whoever wrote settings believes that they hold. */
  #tellUnread(): void {
    for (const sentence of this.#preferences.unread) {
      if (this.#told.has(sentence)) continue;
      this.#told.add(sentence);
      const message = `Files are judged without ${printable(sentence)}`;
      void this.#connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
    }
  }
}
