import { existsSync } from "node:fs";
import * as vscode from "vscode";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";
import { kubeconfigFile } from "../left.ts";

export const declared: Declared = {
  title: "Open the Kubeconfig",
  menus: {
    "view/title": [{ when: "view == kube-ipv6.cluster", group: "1_context@4" }],
  },
};

/** Shows the file that the contexts are read from; of several the one that is chosen. It is never written. */
export const command: EditorCommand = async () => {
  const { kubeconfigFiles } = await import("#cluster/kubeconfig.ts");
  const chosen = kubeconfigFile();
  const files = kubeconfigFiles(chosen === undefined ? {} : { path: chosen });
  const there = files.filter((file) => existsSync(file));
  if (there.length === 0) throw new Error(l10n`There is no kubeconfig: ${files.join(", ")} does not exist.`);
  const placeHolder = l10n`The file to open`;
  const file = there.length === 1 ? there[0] : await vscode.window.showQuickPick(there, { placeHolder });
  if (file !== undefined) await vscode.window.showTextDocument(vscode.Uri.file(file));
};
