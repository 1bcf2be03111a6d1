import * as vscode from "vscode";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";

export const declared: Declared = {
  title: "Choose a Kubeconfig",
  menus: {
    "view/title": [{ when: "view == kube-ipv6.cluster", group: "1_context@3" }],
  },
};

/** Asks for a file, and lets the cluster view read it from now on. */
export const command: EditorCommand = async () => {
  const [file] =
    (await vscode.window.showOpenDialog({ title: l10n`Choose a kubeconfig`, openLabel: l10n`Use It` })) ?? [];
  if (file === undefined) return;
  const settings = vscode.workspace.getConfiguration("kube-ipv6");
  await settings.update("kubeconfig", file.fsPath, vscode.ConfigurationTarget.Global);
};
