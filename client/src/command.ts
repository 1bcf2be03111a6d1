import type * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient } from "vscode-languageclient";
import type { Connection } from "./connection.ts";
import type { History } from "./report/history.ts";
import type { Reports } from "./report/panel.ts";

/** What there is wherever manifests are written, in a browser too. */
export interface Desk {
  readonly context: vscode.ExtensionContext;
  /** The language server, once it answers. */
  language(): Promise<LanguageClient>;
}

/** What there is where clusters can be looked at as well. */
export interface Environment extends Desk {
  readonly connection: Connection;
  readonly history: History;
  /** The tabs with diagnoses; loaded when there is one to show. */
  reports(): Promise<Reports>;
}

/**
 * What a command does, each in its file in commands/, which is named as the command is: `copy-name.ts` is `kube-ipv6.copyName`.
 * `argument` is what a menu gives: a row of the tree, or the URI of a document; `selected` are all rows that are selected with it.
 */
export type EditorCommand<Around = Environment> = (
  around: Around,
  argument: unknown,
  selected?: unknown,
) => Promise<unknown>;
