import * as vscode from "vscode";
import { chooseRule } from "../choose-rule.ts";
import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";

export const declared: Declared = {
  title: "Explain Rule",
  anywhere: true,
};

/** Shows the page of a rule, which is part of the extension: nothing is fetched. */
export const command: EditorCommand<Desk> = async ({ context }, argument) => {
  const rule =
    typeof argument === "string" ? argument : await chooseRule(context, l10n`Explain Rule`, l10n`The rule to explain`);
  // It becomes part of a path.
  if (rule === undefined || !/^[a-z0-9-]+$/.test(rule)) return;
  const page = vscode.Uri.joinPath(context.extensionUri, "docs", "rules", `${rule}.md`);
  try {
    await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
  } catch {
    // VS Code's own extension for Markdown is off, or is not there.
    await vscode.window.showTextDocument(page, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }
};
