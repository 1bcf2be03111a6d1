import {
  type CodeAction,
  CodeActionKind,
  type Connection,
  type Diagnostic,
  type Range,
  type TextEdit,
} from "vscode-languageserver";
import { spellingAlone, type Wanted } from "#core/lint/bulk-fix.ts";
import { mendAll } from "#core/lint/fix-all.ts";
import type { Finding } from "#core/lint/rule.ts";
import type { ManifestFile } from "#core/manifest/file.ts";
import { nameOf } from "./names.ts";
import { offeredActions } from "./offers.ts";
import { fixAllKind, offeredCommands } from "./protocol.ts";
import type { Session } from "./session.ts";
import { silences } from "./silences.ts";
import { quickFix, toDiagnostic, toFileEdits, toRange, toTextEdits, touches } from "./to-lsp.ts";

/** `extension`: the client has those of the extension. */
export function actions(connection: Connection, session: Session, extension: boolean): void {
  connection.onCodeAction(({ textDocument: { uri }, range, context: { only } }) => {
    const file = session.file(uri);
    if (!file) return [];
    const quick = wants(only, CodeActionKind.QuickFix) ? actionsAt(session, uri, file, range, extension) : [];
    // Actions on the whole source are for those who ask for them: the light bulb shows none.
    if (only && wants(only, fixAllKind)) return [...quick, ...fixAllAction(session, uri)];
    const offers = wants(only, CodeActionKind.RefactorRewrite) ? offeredActions(session, uri, range.start, quick) : [];
    return [...quick, ...offers];
  });
}

/** The edits that mend the spelling of a document, or what is wanted instead. */
export function mendingEdits(session: Session, uri: string, wanted: Wanted = spellingAlone): TextEdit[] {
  const name = nameOf(uri);
  const changes = mendAll(session.workspace, [name], wanted).get(name)?.changes ?? [];
  // Only now: the file is another one while it is mended to see what comes of it, and edits count in what the user has.
  const file = session.file(uri);
  return file ? changes.flatMap(({ edits }) => toFileEdits(file, edits)) : [];
}

/** An asked-for kind is served by itself and by everything below it. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
}

function fixAllAction(session: Session, uri: string): CodeAction[] {
  const edits = mendingEdits(session, uri);
  if (edits.length === 0) return [];
  return [
    {
      title: "Fix the spelling of all IPv6 findings in this file",
      kind: fixAllKind,
      edit: { changes: { [uri]: edits } },
    },
  ];
}

/** The lamp's menu for a range: the fixes born with the findings there, then the ways to turn a rule off. */
function actionsAt(session: Session, uri: string, file: ManifestFile, range: Range, extension: boolean): CodeAction[] {
  const fixes: CodeAction[] = [];
  const pages: CodeAction[] = [];
  const off: CodeAction[] = [];
  const last = file.at(range.end).index;
  for (let document = file.at(range.start).index; document <= last; document++)
    for (const finding of worstFirst(session.checkOne(uri, document)?.findings ?? [])) {
      if (!touches(toRange(file, document, finding), range)) continue;
      const diagnostic = toDiagnostic(file, document, finding);
      // Of several readings none is anybody's choice but the reader's.
      const isPreferred = finding.fixes.length === 1 || finding.fixes[0]?.kind === "spelling";
      for (const [index, { title, edits }] of finding.fixes.entries())
        fixes.push(quickFix(uri, title, toTextEdits(file, document, edits), diagnostic, isPreferred && index === 0));
      if (finding.fixes.length > 0) fixes.push(...fixAllOf(session, uri, finding.rule, diagnostic));
      if (extension) pages.push(explanation(finding.rule, diagnostic));
      off.push(...silences(uri, file, document, finding, diagnostic, extension));
    }
  return [...distinct(fixes), ...pages, ...off];
}

const severities: readonly Finding["severity"][] = ["error", "warning", "information"];

/** Of several findings on one word what is refused comes before what is merely odd. */
function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** Two rules may find the same mistake, and mend it alike. */
function distinct(fixes: readonly CodeAction[]): readonly CodeAction[] {
  const keys = fixes.map(({ title, edit, command }) => JSON.stringify([title, edit, command]));
  return fixes.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}

/** Where a file has several findings of a rule. Who names the rule wants its fix, whatever it decides. */
function fixAllOf(session: Session, uri: string, rule: string, diagnostic: Diagnostic): CodeAction[] {
  const alike = session.check(uri).flatMap(({ findings }) => findings.filter((finding) => finding.rule === rule));
  if (alike.length < 2) return [];
  const title = `Fix all ${alike.length} of ${rule} in this file`;
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      command: { title, command: offeredCommands.fixRule, arguments: [uri, rule] },
    },
  ];
}

function explanation(rule: string, diagnostic: Diagnostic): CodeAction {
  const title = `Explain ${rule}`;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command: offeredCommands.explainRule, arguments: [rule] },
  };
}
