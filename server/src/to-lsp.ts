import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Position,
  type Range,
  type TextEdit,
} from "vscode-languageserver/node";
import type { Edit } from "#core/manifest/edit.ts";
import type { ManifestFile } from "#core/manifest/file.ts";
import type { Finding, Severity } from "#core/rule.ts";

/** The only file that knows both vocabularies: core's offsets in documents, and the protocol's positions in files. */
export const source = "kube-ipv6";

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

export function toRange(file: ManifestFile, document: number, { start, end }: { start: number; end: number }): Range {
  const from = file.position(document, start);
  return { start: from, end: end === start ? from : file.position(document, end) };
}

export function toDiagnostic(file: ManifestFile, document: number, finding: Finding): Diagnostic {
  return {
    range: toRange(file, document, finding),
    severity: severities[finding.severity],
    source,
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
