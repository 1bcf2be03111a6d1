import type * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Connection } from "../connection.ts";

export interface Command {
  /** As package.json declares it. */
  readonly id: string;
  /** `argument` is what a menu gives: a row of the tree, or the URI of a document. */
  run(environment: Environment, argument: unknown): Promise<unknown>;
}

export interface Environment {
  readonly context: vscode.ExtensionContext;
  readonly connection: Connection;
  /** The language server, once it answers. */
  language(): Promise<LanguageClient>;
}
