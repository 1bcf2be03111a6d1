import type * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Connection } from "./connection.ts";
import type { History } from "./report/history.ts";
import type { Reports } from "./report/panel.ts";

/**
 * What a command does, each in its file in commands/, which is named as the command is: `copy-name.ts` is `kube-ipv6.copyName`.
 * `argument` is what a menu gives: a row of the tree, or the URI of a document; `selected` are all rows that are selected with it.
 */
export type EditorCommand = (environment: Environment, argument: unknown, selected?: unknown) => Promise<unknown>;

export interface Environment {
  readonly context: vscode.ExtensionContext;
  readonly connection: Connection;
  readonly history: History;
  /** The tabs with diagnoses; loaded when there is one to show. */
  reports(): Promise<Reports>;
  /** The language server, once it answers. */
  language(): Promise<LanguageClient>;
}
