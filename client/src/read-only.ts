import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient";
import { scheme as objects } from "./object/uri.ts";

/** The client's own commands that write into the text, or beside it. */
const writing: readonly string[] = ["kube-ipv6.fixAll", "kube-ipv6.fixRule", "kube-ipv6.turnedOff"];

/** In a text that nobody can write, an object of a cluster for one, the light bulb offers what explains, and nothing that would fail. */
export const readOnly: Pick<Middleware, "provideCodeActions"> = {
  provideCodeActions: async (document, range, context, token, next) => {
    const offered = await next(document, range, context, token);
    return isWritable(document.uri) ? offered : offered?.filter((action) => !writes(action));
  },
};

function isWritable({ scheme }: vscode.Uri): boolean {
  return scheme !== objects && vscode.workspace.fs.isWritableFileSystem(scheme) !== false;
}

function writes(action: vscode.Command | vscode.CodeAction): boolean {
  if (typeof action.command === "string") return writing.includes(action.command);
  const { edit, command } = action as vscode.CodeAction;
  if (edit !== undefined || command === undefined) return edit !== undefined;
  // With a document it is turned off in the settings of its folder, and an object of a cluster lies in none.
  const inFolder = command.command === "kube-ipv6.turnRuleOff" && typeof command.arguments?.[0] === "object";
  return inFolder || writing.includes(command.command);
}
