import {
  type CodeAction,
  CodeActionKind,
  type Connection,
  type Range,
  type TextEdit,
} from "vscode-languageserver/node";
import type { Checked } from "#core/lint/checked-document.ts";
import { fixAll, mended } from "#core/lint/fix-all.ts";
import { applyEdits } from "#core/manifest/apply.ts";
import type { ManifestFile } from "#core/manifest/file.ts";
import { nameOf } from "./names.ts";
import { offeredActions } from "./offers.ts";
import { fixAllKind } from "./protocol.ts";
import type { Session } from "./session.ts";
import { silences } from "./silences.ts";
import { quickFix, replacing, toDiagnostic, toRange, toTextEdits, touches } from "./to-lsp.ts";

export function actions(connection: Connection, session: Session): void {
  connection.onCodeAction(({ textDocument: { uri }, range, context: { only } }) => {
    const file = session.file(uri);
    if (!file) return [];
    const quick = wants(only, CodeActionKind.QuickFix) ? actionsAt(session, uri, file, range) : [];
    // Actions on the whole source are for those who ask for them: the light bulb shows none.
    if (only && wants(only, fixAllKind)) return [...quick, ...fixAllAction(session, uri)];
    const offers = wants(only, CodeActionKind.RefactorRewrite) ? offeredActions(session, uri, range.start, quick) : [];
    return [...quick, ...offers];
  });
}

/**
 * The edits that make every fix of a document that can be made without a doubt. Where a fix makes way for another, the
 * whole difference is one edit.
 */
export function mendingEdits(session: Session, uri: string): TextEdit[] {
  const file = session.file(uri);
  if (!file) return [];
  const { text } = file;
  const checked = session.check(uri);
  const first = checked.flatMap(({ findings }, document) => toTextEdits(file, document, fixAll(findings).edits));
  if (first.length === 0) return [];
  const after = mended(session.workspace, nameOf(uri));
  return after === oneRound(checked) ? first : [replacing(text, after)];
}

function oneRound(checked: readonly Checked[]): string {
  return checked.map(({ document, findings }) => applyEdits(document.text, fixAll(findings).edits)).join("");
}

/** An asked-for kind is served by itself and by everything below it. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
}

function fixAllAction(session: Session, uri: string): CodeAction[] {
  const edits = mendingEdits(session, uri);
  if (edits.length === 0) return [];
  return [{ title: "Fix all IPv6 findings in this file", kind: fixAllKind, edit: { changes: { [uri]: edits } } }];
}

/** The lamp's menu for a range: the fixes born with the findings there, then the ways to turn a rule off. */
function actionsAt(session: Session, uri: string, file: ManifestFile, range: Range): CodeAction[] {
  const fixes: CodeAction[] = [];
  const off: CodeAction[] = [];
  const last = file.at(range.end).index;
  for (let document = file.at(range.start).index; document <= last; document++)
    for (const finding of session.checkOne(uri, document)?.findings ?? []) {
      if (!touches(toRange(file, document, finding), range)) continue;
      const diagnostic = toDiagnostic(file, document, finding);
      for (const [index, { title, edits }] of finding.fixes.entries())
        fixes.push(quickFix(uri, title, toTextEdits(file, document, edits), diagnostic, index === 0));
      off.push(...silences(uri, file, document, finding, diagnostic));
    }
  return [...fixes, ...off];
}
