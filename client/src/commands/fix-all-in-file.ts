import * as vscode from "vscode";
import * as messages from "#core/editor/messages.ts";
import { askServer } from "../ask.ts";
import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { editsOf, fixedAndLeftRows, fixItems, madeTogether } from "../fixes/rows.ts";
import { l10n } from "../l10n.ts";
import { offerUndo } from "../offer-undo.ts";

export const declared: Declared = {
  title: "Fix All IPv6 Findings in File",
  anywhere: true,
  menus: {
    commandPalette: [{ when: "editorLangId =~ /^(yaml|helm|helm-template|corefile|cni-conflist)$/" }],
    "editor/context": [
      {
        when: "resourceLangId =~ /^(yaml|helm|helm-template|corefile|cni-conflist)$/ && (kube-ipv6.manifest || resourceLangId =~ /^(corefile|cni-conflist)$/) && !editorReadonly",
        group: "z_kube-ipv6@2",
      },
    ],
  },
};

/**
 * "Fix All IPv6 Findings in File": a list of every fix with its place, what is there and what will be. What only mends spelling is ticked,
 * what somebody has to want is not. VS Code's refactor preview would show the same, but ticks nothing that needs to be confirmed.
 */
export const command: EditorCommand<Desk> = async ({ language }, argument) => {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) return false;
  const document = await vscode.workspace.openTextDocument(uri);
  const { version } = document;
  const { rows } = await askServer(await language(), messages.fixes, { uri: uri.toString() });
  const chosen = rows.length > 0 ? await choose(document, rows) : [];
  if (rows.length === 0) void vscode.window.showInformationMessage(l10n`No IPv6 finding in this file has a fix.`);
  if (chosen === undefined || chosen.length === 0) return false;
  if (document.version !== version) throw new Error(l10n`The file has changed meanwhile: ask again for its fixes.`);
  const made = madeTogether(chosen);
  if (!(await apply(document, made))) return false;
  void offerUndo(document, fixedAndLeftRows(rows, made));
  return true;
};

async function choose(document: vscode.TextDocument, rows: readonly messages.FixRow[]) {
  const items = fixItems(rows).map((item) =>
    "separator" in item ? { label: item.separator, kind: vscode.QuickPickItemKind.Separator } : item,
  );
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: l10n`IPv6: Fix All in ${vscode.workspace.asRelativePath(document.uri)}`,
    placeHolder: l10n`Ticked is what only mends spelling; the rest is for you to decide`,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.flatMap((item) => ("row" in item ? [item.row] : []));
}

function apply(document: vscode.TextDocument, rows: readonly messages.FixRow[]): Thenable<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of editsOf(rows)) {
    const { start, end } = range;
    edit.replace(document.uri, new vscode.Range(start.line, start.character, end.line, end.character), newText);
  }
  return vscode.workspace.applyEdit(edit);
}
