import * as vscode from "vscode";
import { shapes } from "#core/addresses/shape.ts";
import * as messages from "#core/editor/messages.ts";
import { askServer } from "../ask.ts";
import { assumed, by, familiesText } from "../assumed.ts";
import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";

export const declared: Declared = {
  title: "Choose What Manifests Are Meant For",
  anywhere: true,
};

/** What the status item is clicked for: which families and version the file at hand is judged for, who says so, and another choice. */
export const command: EditorCommand<Desk> = async ({ language }) => {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (!uri) return;
  const meant = await askServer(await language(), messages.file, { uri: uri.toString() });
  const edit = {
    label: l10n`$(go-to-file) Open or create .kube-ipv6.yaml`,
    description: l10n`counts in every editor and in CI`,
  };
  const kind = vscode.QuickPickItemKind.Separator;
  // Where the folder says it, a setting would change nothing.
  const choices = meant.clusterBy === "folder" ? [] : shapes.map((shape) => ({ label: familiesText(shape), shape }));
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { shape?: string }>(
    [edit, ...(choices.length > 0 ? [{ label: l10n`in the settings of the workspace`, kind }] : []), ...choices],
    { title: `IPv6: ${assumed(meant)}`, placeHolder: l10n`Families: ${by(meant.clusterBy)}` },
  );
  if (picked === undefined) return;
  if (picked.shape === undefined) return void (await vscode.commands.executeCommand("kube-ipv6.createSettings"));
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const target = vscode.workspace.workspaceFolders === undefined ? Global : Workspace;
  await vscode.workspace.getConfiguration("kube-ipv6").update("cluster", picked.shape, target);
};
