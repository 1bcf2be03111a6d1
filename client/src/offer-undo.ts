import * as vscode from "vscode";
import { l10n } from "./l10n.ts";

/** Says what was done, and takes it back if that is wanted and nothing was written since. */
export async function offerUndo(document: vscode.TextDocument, message: string): Promise<void> {
  const { version } = document;
  const undo = l10n`Undo`;
  if ((await vscode.window.showInformationMessage(message, undo)) !== undo) return;
  await vscode.window.showTextDocument(document);
  if (document.version === version) await vscode.commands.executeCommand("undo");
  else void vscode.window.showInformationMessage(l10n`The file has changed since; undo it step by step.`);
}
