import * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient } from "vscode-languageclient";
import * as messages from "#core/editor/messages.ts";
import { configName } from "#core/lint/config-file.ts";
import { askServer } from "./ask.ts";
import { l10n } from "./l10n.ts";
import { liesInFolder } from "./schemes.ts";

/** The `.kube-ipv6.yaml` that counts for a document, or where one would: at the top of its workspace folder, else beside it. */
export async function settingsOf(server: LanguageClient, document: vscode.Uri): Promise<vscode.Uri | undefined> {
  if (!liesInFolder(document)) return undefined;
  const { config } = await askServer(server, messages.file, { uri: document.toString() });
  if (config !== undefined) return vscode.Uri.parse(config, true);
  const folder = vscode.workspace.getWorkspaceFolder(document);
  return vscode.Uri.joinPath(folder?.uri ?? vscode.Uri.joinPath(document, ".."), configName);
}

/** As the editor has it, saved or not; undefined where there is no such file. */
export async function editorText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}

/** Writes a whole text by an edit, which can be undone; the file is made if need be. */
export async function replaceInEditor(uri: vscode.Uri, text: string): Promise<vscode.TextDocument> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { ignoreIfExists: true });
  await vscode.workspace.applyEdit(edit);
  const document = await vscode.workspace.openTextDocument(uri);
  const whole = new vscode.WorkspaceEdit();
  whole.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  if (!(await vscode.workspace.applyEdit(whole))) throw new Error(l10n`${uri.fsPath} could not be written.`);
  return document;
}
