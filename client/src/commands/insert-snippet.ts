import * as vscode from "vscode";
import * as messages from "#core/editor/messages.ts";
import { askServer } from "../ask.ts";
import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { before } from "../insertion.ts";
import { l10n } from "../l10n.ts";
import { isManifestDocument } from "../manifest-language.ts";

export const declared: Declared = {
  title: "Insert Manifest",
  anywhere: true,
};

/** Puts a manifest that is right for a dual-stack cluster into the editor, or into a new one. */
export const command: EditorCommand<Desk> = async ({ language }) => {
  const server = await language();
  const offered = await askServer(server, messages.snippetList, undefined);
  const items = offered.map(({ id, title, source }) => ({ label: title, detail: source, id }));
  const chosen = await vscode.window.showQuickPick(items, { title: l10n`IPv6: Insert Manifest`, matchOnDetail: true });
  if (chosen === undefined) return;
  const { body } = await askServer(server, messages.snippetBody, { id: chosen.id });
  const editor = await yamlEditor();
  const { document } = editor;
  // Never into the middle of what stands there.
  const end = document.lineAt(document.lineCount - 1).range.end;
  const snippet = new vscode.SnippetString().appendText(before(document.getText()));
  snippet.value += body;
  await editor.insertSnippet(snippet, end);
};

async function yamlEditor(): Promise<vscode.TextEditor> {
  const active = vscode.window.activeTextEditor;
  if (active && isManifestDocument(active.document) && active.document.uri.scheme !== "kube-ipv6") return active;
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "yaml" }));
}
