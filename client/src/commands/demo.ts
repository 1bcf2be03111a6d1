import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import type { Demo } from "#core/diagnosis/demo.ts";
import type { EditorCommand } from "./command.ts";

/** The recorded cluster that comes with the extension, with a fault in it. */
export async function readDemo(context: vscode.ExtensionContext): Promise<Demo> {
  return JSON.parse(await readFile(context.asAbsolutePath("demo/cluster.json"), "utf8"));
}

/** Looks at the recorded cluster: no kubeconfig is needed. */
export const openDemo: EditorCommand = {
  id: "kube-ipv6.openDemo",
  run: async ({ context, connection }) => {
    await connection.show(await readDemo(context));
    await vscode.commands.executeCommand("kube-ipv6.cluster.focus");
  },
};

/** Looks at the cluster of the kubeconfig again. */
export const leaveDemo: EditorCommand = {
  id: "kube-ipv6.leaveDemo",
  run: async ({ connection }) => {
    await connection.leaveDemo();
  },
};
