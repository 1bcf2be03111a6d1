import * as vscode from "vscode";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";

export const declared: Declared = {
  title: "Choose a Kubeconfig",
  menus: {
    "view/title": [{ when: "view == kube-ipv6.cluster", group: "1_context@3" }],
  },
};

/** Asks for a file, and lets the cluster view read it from now on. */
export const command: EditorCommand = async () => {
  const [file] = (await vscode.window.showOpenDialog({ title: "Choose a kubeconfig", openLabel: "Use It" })) ?? [];
  if (file === undefined) return;
  const settings = vscode.workspace.getConfiguration("kube-ipv6");
  await settings.update("kubeconfig", file.fsPath, vscode.ConfigurationTarget.Global);
};
