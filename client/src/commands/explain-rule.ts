import * as vscode from "vscode";
import type { EditorCommand } from "./command.ts";
import { chooseRule } from "./turn-rule-off.ts";

/** Shows the page of a rule, which is part of the extension: nothing is fetched. */
export const explainRule: EditorCommand = {
  id: "kube-ipv6.explainRule",
  run: async ({ context }, argument) => {
    const rule =
      typeof argument === "string" ? argument : await chooseRule(context, "Explain Rule", "The rule to explain");
    // It becomes part of a path.
    if (rule === undefined || !/^[a-z0-9-]+$/.test(rule)) return;
    const page = vscode.Uri.joinPath(context.extensionUri, "docs", "rules", `${rule}.md`);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
  },
};
