import * as vscode from "vscode";
import type { EditorCommand } from "./command.ts";

/** The walkthrough: what the extension finds, what it shows, and what it asks of a cluster. */
export const getStarted: EditorCommand = {
  id: "kube-ipv6.getStarted",
  run: async ({ context }) => {
    await vscode.commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`, false);
  },
};

/** Asks for a file, and lets the cluster view read it from now on. */
export const chooseKubeconfig: EditorCommand = {
  id: "kube-ipv6.chooseKubeconfig",
  run: async () => {
    const [file] = (await vscode.window.showOpenDialog({ title: "Choose a kubeconfig", openLabel: "Use It" })) ?? [];
    if (file === undefined) return;
    const settings = vscode.workspace.getConfiguration("kube-ipv6");
    await settings.update("kubeconfig", file.fsPath, vscode.ConfigurationTarget.Global);
  },
};
