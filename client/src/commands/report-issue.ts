import * as vscode from "vscode";
import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";
import { lastLines, versions } from "../log.ts";

export const declared: Declared = {
  title: "Report Issue",
  anywhere: true,
};

/** Opens VS Code's own form, with what was written down last: nothing is sent before its user has read and sent it. */
export const command: EditorCommand<Desk> = async ({ context }) => {
  const log = lastLines().join("\n").replaceAll("```", "'''");
  const issueBody = [
    l10n`What did you do, what came of it, and what did you expect?`,
    versions(context),
    l10n`The last lines of the log. They name contexts and what was asked: look through them before you send them.`,
    `\`\`\`text\n${log}\n\`\`\``,
  ].join("\n\n");
  const extensionId = context.extension.id;
  await vscode.commands.executeCommand("workbench.action.openIssueReporter", { extensionId, issueBody });
};
