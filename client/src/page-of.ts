import * as vscode from "vscode";

/** Shows the page of a rule or a cause, which is part of the extension: nothing is fetched. */
export async function showPageOf(
  { extensionUri }: vscode.ExtensionContext,
  folder: "rules" | "causes",
  name: string,
): Promise<void> {
  // It becomes part of a path.
  if (!/^[a-z0-9-]+$/.test(name)) return;
  const page = vscode.Uri.joinPath(extensionUri, "docs", folder, `${name}.md`);
  try {
    await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
  } catch {
    // VS Code's own extension for Markdown is off, or is not there.
    await vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }
}
