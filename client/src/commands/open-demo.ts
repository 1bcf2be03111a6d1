import * as vscode from "vscode";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { readDemo } from "../demo.ts";

export const declared: Declared = {
  title: "Open Demo Cluster",
  icon: "$(beaker)",
  menus: {
    "view/title": [{ when: "view == kube-ipv6.cluster", group: "1_context@2" }],
  },
};

/** Looks at the recorded cluster: no kubeconfig is needed. */
export const command: EditorCommand = async ({ context, connection }) => {
  await connection.show(await readDemo(context));
  await vscode.commands.executeCommand("kube-ipv6.cluster.focus");
};
