import * as vscode from "vscode";
import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";

export const declared: Declared = {
  title: "Get Started",
  anywhere: true,
  menus: {
    "view/title": [{ when: "view == kube-ipv6.cluster", group: "2_help" }],
  },
};

/** The walkthrough: what the extension finds, what it shows, and what it asks of a cluster. */
export const command: EditorCommand<Desk> = async ({ context }) => {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`, false);
};
