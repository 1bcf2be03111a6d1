import * as vscode from "vscode";
import { chooseRule } from "../choose-rule.ts";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";

export const declared: Declared = {
  title: "Explain Rule",
};

/** Shows the page of a rule, which is part of the extension: nothing is fetched. */
export const command: EditorCommand = async ({ context }, argument) => {
  const rule =
    typeof argument === "string" ? argument : await chooseRule(context, "Explain Rule", "The rule to explain");
  // It becomes part of a path.
  if (rule === undefined || !/^[a-z0-9-]+$/.test(rule)) return;
  const page = vscode.Uri.joinPath(context.extensionUri, "docs", "rules", `${rule}.md`);
  await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
};
