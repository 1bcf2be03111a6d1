import * as vscode from "vscode";
import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";
import { offerUndo } from "../offer-undo.ts";

/** What the language server says of the comment that was written. */
interface Written {
  readonly rule: string;
  /** "for this line" */
  readonly where: string;
  readonly uri: string;
  readonly line: number;
}

export const declared: Declared = {
  title: "Say That a Rule Was Turned Off",
  anywhere: true,
  menus: {
    commandPalette: [{ when: "false" }],
  },
};

/** After a comment that turns a rule off was written: its reason is selected, to be written over, and it can be taken back. */
export const command: EditorCommand<Desk> = async (_, argument) => {
  const { rule, where, uri, line } = argument as Written;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const { text, range } = document.lineAt(Math.min(line, document.lineCount - 1));
  const reason = /-- (reason)\s*$/.exec(text);
  if (reason) {
    const editor = await vscode.window.showTextDocument(document);
    const start = range.start.translate(0, reason.index + 3);
    editor.selection = new vscode.Selection(start, start.translate(0, "reason".length));
  }
  await offerUndo(document, l10n`${rule} is off ${where}. The reason is yours to write.`);
};
