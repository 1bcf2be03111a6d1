import * as vscode from "vscode";

/** Of what lies in folders: on a disk, in a repository that was never cloned, or wherever else the folders are that are open. */
export function schemes(): readonly string[] {
  const open = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
  return [...new Set(["file", "vscode-vfs", ...open])];
}

/** It lies in a folder: settings may stand beside it. */
export function liesInFolder(uri: vscode.Uri): boolean {
  return uri.scheme === "file" || vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
