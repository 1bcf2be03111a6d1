import type { EditorRange, FixRow } from "#core/editor/messages.ts";
import { l10n } from "../l10n.ts";

/** A row of the list, or a line between rows. */
export type FixItem =
  | { readonly separator: string }
  | {
      readonly label: string;
      readonly description: string;
      readonly detail: string;
      readonly picked: boolean;
      readonly row: FixRow;
    };

/** The rows as they are offered: what only mends spelling is ticked, what somebody has to want is not. */
export function fixItems(rows: readonly FixRow[]): readonly FixItem[] {
  const item = (row: FixRow) => ({
    label: row.title,
    description: l10n`line ${row.line + 1}  ${row.rule}`,
    detail: `${row.changes.map(inWords).join("; ")}  (${row.message})`,
    picked: row.kind === "spelling",
    row,
  });
  return [
    [l10n`Spelling`, rows.filter(({ kind }) => kind === "spelling")] as const,
    [l10n`Needs your decision`, rows.filter(({ kind }) => kind === "decision")] as const,
  ].flatMap(([separator, group]) => (group.length === 0 ? [] : [{ separator }, ...group.map(item)]));
}

function inWords({ before, after }: FixRow["changes"][number]): string {
  const lines = after.split("\n").filter((line) => line.trim() !== "").length;
  // Lines upon lines of YAML cannot be read in one; why they are wanted can.
  if (before === "") return lines > 2 ? l10n`adds ${lines} lines` : `+ ${shown(after)}`;
  return after === "" ? `\u2212 ${shown(before)}` : `${shown(before)} \u2192 ${shown(after)}`;
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 79)}\u2026` : line;
}

/** Those of the rows that can be made together: of two that touch the same text, the first. */
export function madeTogether(rows: readonly FixRow[]): readonly FixRow[] {
  const made: FixRow[] = [];
  for (const row of rows) {
    const others = made.flatMap(({ edits }) => edits);
    if (row.edits.every((edit) => others.every((other) => isSame(edit, other) || isApart(edit.range, other.range))))
      made.push(row);
  }
  return made;
}

/** The edits of rows, each once. */
export function editsOf(rows: readonly FixRow[]): FixRow["edits"] {
  const edits = rows.flatMap((row) => row.edits);
  return edits.filter((edit, index) => edits.findIndex((other) => isSame(edit, other)) === index);
}

/** "5 fixed, 3 left for you" */
export function fixedAndLeftRows(rows: readonly FixRow[], made: readonly FixRow[]): string {
  const count = (some: readonly FixRow[]) => new Set(some.flatMap(({ mends }) => mends)).size;
  return l10n`${count(made)} fixed, ${count(rows) - count(made)} left for you`;
}

type Edit = FixRow["edits"][number];

function isSame(a: Edit, b: Edit): boolean {
  return (
    a.newText === b.newText && compare(a.range.start, b.range.start) === 0 && compare(a.range.end, b.range.end) === 0
  );
}

function isApart(a: EditorRange, b: EditorRange): boolean {
  return compare(a.end, b.start) < 0 || compare(b.end, a.start) < 0;
}

function compare(a: EditorRange["start"], b: EditorRange["start"]): number {
  return a.line - b.line || a.character - b.character;
}
