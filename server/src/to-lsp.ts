import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  type InlayHint,
  InsertTextFormat,
  MarkupKind,
  type Position,
  type Range,
  type TextEdit,
} from "vscode-languageserver";
import type { Completion } from "#core/editor/completion.ts";
import type { Hover as CoreHover } from "#core/editor/hover/hover.ts";
import type { InlayHint as CoreHint } from "#core/editor/inlay.ts";
import type { ConfigProblem } from "#core/lint/config-file.ts";
import type { Note } from "#core/lint/notes.ts";
import type { Finding, Severity } from "#core/lint/rule.ts";
import type { Edit } from "#core/manifest/edit.ts";
import type { ManifestFile } from "#core/manifest/file.ts";

/** The only file that knows both vocabularies: core's offsets in documents, and the protocol's positions in files. */
const diagnosticSource = "kube-ipv6";

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

export function toRange(file: ManifestFile, document: number, { start, end }: { start: number; end: number }): Range {
  const from = file.position(document, start);
  return { start: from, end: end === start ? from : file.position(document, end) };
}

export function toHover(file: ManifestFile, document: number, { text, ...range }: CoreHover): Hover {
  return { contents: { kind: MarkupKind.Markdown, value: text }, range: toRange(file, document, range) };
}

const itemKinds: Record<Completion["kind"], CompletionItemKind> = {
  value: CompletionItemKind.EnumMember,
  key: CompletionItemKind.Property,
  snippet: CompletionItemKind.Snippet,
};

/** Values are taken as they are; keys and snippets hold places to fill in. */
export function toCompletionItem(file: ManifestFile, document: number, found: Completion): CompletionItem {
  const { label, kind, insert, detail, documentation } = found;
  return {
    label,
    kind: itemKinds[kind],
    textEdit: { range: toRange(file, document, found), newText: insert },
    insertTextFormat: kind === "value" ? InsertTextFormat.PlainText : InsertTextFormat.Snippet,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
  };
}

export function toInlayHint(file: ManifestFile, document: number, { offset, label, tooltip }: CoreHint): InlayHint {
  return {
    position: file.position(document, offset),
    label,
    paddingLeft: true,
    ...(tooltip === undefined ? {} : { tooltip: { kind: MarkupKind.Markdown, value: tooltip } }),
  };
}

/** A note is no mistake in the manifest: it never stands out among them. */
export function noteDiagnostic(file: ManifestFile, document: number, note: Note): Diagnostic {
  return {
    range: toRange(file, document, note),
    severity: DiagnosticSeverity.Information,
    source: diagnosticSource,
    message: note.message,
  };
}

/** What is wrong with a file of settings, which is one document. */
export function configDiagnostic(file: ManifestFile, problem: ConfigProblem): Diagnostic {
  const { message } = problem;
  return { range: toRange(file, 0, problem), severity: DiagnosticSeverity.Warning, source: diagnosticSource, message };
}

export function shiftedDown(diagnostic: Diagnostic, by: number): Diagnostic {
  const { start, end } = diagnostic.range;
  if (by === 0) return diagnostic;
  return {
    ...diagnostic,
    range: { start: { ...start, line: start.line + by }, end: { ...end, line: end.line + by } },
  };
}

export function toDiagnostic(file: ManifestFile, document: number, finding: Finding): Diagnostic {
  return {
    range: toRange(file, document, finding),
    severity: severities[finding.severity],
    source: diagnosticSource,
    code: finding.rule,
    codeDescription: { href: pageOf(finding.rule) },
    message: finding.message,
  };
}

/** The rule's page in the documentation. */
export function pageOf(rule: string): string {
  return `https://github.com/kube-ipv6/kube-ipv6/blob/main/docs/rules/${rule}.md`;
}

export function toTextEdits(file: ManifestFile, document: number, edits: readonly Edit[]): TextEdit[] {
  return edits.map((edit) => ({ range: toRange(file, document, edit), newText: edit.text }));
}

/** Of edits whose offsets count from the start of the file. */
export function toFileEdits(file: ManifestFile, edits: readonly Edit[]): TextEdit[] {
  const starts = [0];
  for (const { text } of file.documents) starts.push((starts.at(-1) as number) + text.length);
  return edits.map(({ start, end, text }) => {
    const document = Math.max(
      0,
      starts.findLastIndex((first, index) => first <= start && index < file.documents.length),
    );
    const first = starts[document] as number;
    return { range: toRange(file, document, { start: start - first, end: end - first }), newText: text };
  });
}

export function quickFix(
  uri: string,
  title: string,
  edits: TextEdit[],
  diagnostic: Diagnostic,
  preferred: boolean,
): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: { changes: { [uri]: edits } },
    ...(preferred ? { isPreferred: true } : {}),
  };
}

export function touches(a: Range, b: Range): boolean {
  return before(a.start, b.end) && before(b.start, a.end);
}

function before(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
