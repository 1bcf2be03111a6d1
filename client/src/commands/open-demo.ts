import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import type { Command } from "./command.ts";

/** Looks at the recorded cluster that comes with the extension, with a fault in it: no kubeconfig is needed. */
export const openDemo: Command = {
  id: "kube-ipv6.openDemo",
  run: async ({ context, connection }) => {
    await connection.show(JSON.parse(await readFile(context.asAbsolutePath("demo/cluster.json"), "utf8")));
    await vscode.commands.executeCommand("kube-ipv6.cluster.focus");
  },
};
