import * as vscode from "vscode";
import type { Command } from "./command.ts";

const kind = vscode.CodeActionKind.Source.append("kube-ipv6.fixAll");

/** "Fix All IPv6 Findings in File": every fix that can be made without a doubt, shown in the refactor preview first. */
export const fixAllInFile: Command = {
  id: "kube-ipv6.fixAllInFile",
  run: async ({ language }, argument) => {
    const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
    if (uri === undefined) return false;
    await language();
    const edits = await mendingEdits(await vscode.workspace.openTextDocument(uri));
    if (edits.length > 0) return vscode.workspace.applyEdit(inPreview(uri, edits), { isRefactoring: true });
    void vscode.window.showInformationMessage("Nothing in this file has a fix that can be made without a doubt.");
    return false;
  },
};

async function mendingEdits(document: vscode.TextDocument): Promise<readonly vscode.TextEdit[]> {
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    everything,
    kind.value,
  );
  const own = offered.find((action) => action.kind !== undefined && kind.contains(action.kind));
  return own?.edit?.get(document.uri) ?? [];
}

/** VS Code shows edits that need to be confirmed side by side with what is there, each with a box to tick. */
function inPreview(uri: vscode.Uri, edits: readonly vscode.TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits)
    edit.replace(uri, range, newText, { needsConfirmation: true, label: "Fix IPv6 findings" });
  return edit;
}
