import * as vscode from "vscode";

/** The icon of this extension's tabs; unlike in the activity bar, VS Code does not colour it there. */
export function tabIcon(extensionUri: vscode.Uri): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
  const file = (theme: string) => vscode.Uri.joinPath(extensionUri, "media", `kube-ipv6-${theme}.svg`);
  return { light: file("light"), dark: file("dark") };
}
