import type {
  CodeAction,
  Connection,
  Diagnostic,
  Hover,
  Position,
  Range,
  TextDocumentContentChangeEvent,
} from "vscode-languageserver/node";
import { hoverAt } from "#core/hover.ts";
import type { NamedRule } from "#core/lint.ts";
import { defaults, type Settings, Workspace } from "#core/workspace.ts";
import { actionsAt, fixAllAction } from "./actions.ts";
import { toDiagnostic, toRange } from "./to-lsp.ts";

/**
 * The open documents and what was last said of each. Edits change the workspace at once; diagnostics follow when the
 * event loop has taken in every message that waits, so that a burst of keystrokes is checked once and nothing is delayed.
 */
export class Session {
  readonly workspace: Workspace;
  readonly #connection: Connection;
  readonly #versions = new Map<string, number>();
  readonly #published = new Map<string, string>();
  #scheduled = false;

  constructor(connection: Connection, rules: readonly NamedRule[], settings: Settings = defaults) {
    this.#connection = connection;
    this.workspace = new Workspace(rules, settings);
  }

  open(uri: string, version: number, text: string): void {
    this.#versions.set(uri, version);
    this.workspace.open(uri, text);
    this.#schedule();
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    this.#versions.set(uri, version);
    for (const change of changes)
      this.workspace.change(uri, "range" in change ? { ...change.range, text: change.text } : { text: change.text });
    this.#schedule();
  }

  close(uri: string): void {
    this.#versions.delete(uri);
    this.#published.delete(uri);
    this.workspace.close(uri);
    this.#publish(uri, []);
    this.#schedule();
  }

  configure(settings: Settings): void {
    this.workspace.configure(settings);
    this.#schedule();
  }

  isOpen(uri: string): boolean {
    return this.#versions.has(uri);
  }

  actions(uri: string, range: Range, only: readonly string[] | undefined): CodeAction[] {
    const file = this.workspace.file(uri);
    if (!file) return [];
    const checked = this.workspace.check(uri);
    const wants = (kind: string) =>
      only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
    const all = wants("source.fixAll.kube-ipv6") ? fixAllAction(uri, file, checked) : undefined;
    return [...(wants("quickfix") ? actionsAt(uri, file, checked, range) : []), ...(all ? [all] : [])];
  }

  hover(uri: string, position: Position): Hover | null {
    const file = this.workspace.file(uri);
    if (!file) return null;
    const { document, index, offset } = file.at(position);
    const found = hoverAt(document, offset);
    return found ? { contents: { kind: "markdown", value: found.text }, range: toRange(file, index, found) } : null;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      for (const uri of this.#versions.keys()) this.#refresh(uri);
    });
  }

  #refresh(uri: string): void {
    const file = this.workspace.file(uri);
    if (!file) return;
    const diagnostics = this.workspace.check(uri).flatMap(({ findings, crashes }, document) => {
      for (const { rule, message } of crashes) this.#connection.console.error(`rule ${rule} failed: ${message}`);
      return findings.map((finding) => toDiagnostic(file, document, finding));
    });
    // An edit elsewhere usually changes nothing here.
    const said = JSON.stringify(diagnostics);
    if (this.#published.get(uri) === said) return;
    this.#published.set(uri, said);
    this.#publish(uri, diagnostics);
  }

  #publish(uri: string, diagnostics: Diagnostic[]): void {
    const version = this.#versions.get(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }
}
