import * as vscode from "vscode";
import type { EditorCommand } from "./command.ts";
import { l10n } from "./l10n.ts";
import { isRow, type Row } from "./tree/row.ts";

/** Copies of each selected row what `of` makes of it, one a line. */
export function copying(of: (row: Row, context: string) => readonly string[]): EditorCommand {
  return async ({ connection }, argument, selected) => {
    const rows = (Array.isArray(selected) && selected.length > 0 ? selected : [argument]).filter(isRow);
    const texts = rows.flatMap((row) => of(row, connection.demo ? "" : (connection.current ?? "")));
    if (texts.length === 0) throw new Error(l10n`There is nothing of this row to copy.`);
    await vscode.env.clipboard.writeText(texts.join("\n"));
  };
}
