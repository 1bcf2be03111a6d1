import * as vscode from "vscode";
import * as messages from "#core/editor/messages.ts";
import { startingConfig } from "#core/lint/starting-config.ts";
import { askServer } from "../ask.ts";
import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";
import { liesInFolder } from "../schemes.ts";
import { editorText, replaceInEditor, settingsOf } from "../settings-file.ts";

export const declared: Declared = {
  title: "Open or Create .kube-ipv6.yaml",
  anywhere: true,
};

/** Opens the `.kube-ipv6.yaml` that counts for the file at hand; where there is none, one is begun with what is assumed. */
export const command: EditorCommand<Desk> = async ({ language }) => {
  const active = vscode.window.activeTextEditor?.document.uri;
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const beside = active && liesInFolder(active) ? active : folder && vscode.Uri.joinPath(folder.uri, "any.yaml");
  if (!beside) throw new Error(l10n`Open a folder or a file first: the settings stand beside the manifests.`);
  const server = await language();
  const settings = await settingsOf(server, beside);
  if (!settings) return;
  if ((await editorText(settings)) !== undefined) return void (await vscode.window.showTextDocument(settings));
  const { cluster, kubernetes } = await askServer(server, messages.file, { uri: beside.toString() });
  await vscode.window.showTextDocument(await replaceInEditor(settings, startingConfig({ cluster, kubernetes })));
};
