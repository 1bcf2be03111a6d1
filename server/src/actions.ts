import { type CodeAction, CodeActionKind, type Range, type TextEdit } from "vscode-languageserver/node";
import { fixAll } from "#core/fix-all.ts";
import type { ManifestFile } from "#core/manifest/file.ts";
import type { Finding } from "#core/rule.ts";
import type { Checked } from "#core/sheet.ts";
import { quickFix, toDiagnostic, toRange, toTextEdits, touches } from "./to-lsp.ts";

export const fixAllKind = `${CodeActionKind.SourceFixAll}.kube-ipv6`;

/** The lamp's menu for a range: the fixes born with the findings there, then the ways to turn a rule off. */
export function actionsAt(uri: string, file: ManifestFile, checked: readonly Checked[], range: Range): CodeAction[] {
  const fixes: CodeAction[] = [];
  const silences: CodeAction[] = [];
  for (const [document, { findings }] of checked.entries()) {
    for (const finding of findings) {
      if (!touches(toRange(file, document, finding), range)) continue;
      const diagnostic = toDiagnostic(file, document, finding);
      for (const [index, { title, edits }] of finding.fixes.entries())
        fixes.push(quickFix(uri, title, toTextEdits(file, document, edits), diagnostic, index === 0));
      const here = disableHere(file, document, finding);
      if (here) silences.push(quickFix(uri, `Turn ${finding.rule} off for this line`, [here], diagnostic, false));
      silences.push(
        quickFix(uri, `Turn ${finding.rule} off for this file`, [disableInFile(finding)], diagnostic, false),
      );
      silences.push({
        title: `Turn ${finding.rule} off in settings`,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        command: { title: "Turn rule off", command: "kube-ipv6.turnRuleOff", arguments: [finding.rule] },
      });
    }
  }
  return [...fixes, ...silences];
}

/** Every first fix of a file that can be made together with the others; undefined if there is none. */
export function fixAllAction(uri: string, file: ManifestFile, checked: readonly Checked[]): CodeAction | undefined {
  const edits = checked.flatMap(({ findings }, document) => toTextEdits(file, document, fixAll(findings).edits));
  if (edits.length === 0) return undefined;
  return { title: "Fix all IPv6 findings in this file", kind: fixAllKind, edit: { changes: { [uri]: edits } } };
}

/** A comment on a line of its own above; not inside a block scalar, where it would become part of the value. */
function disableHere(file: ManifestFile, document: number, { start, rule }: Finding): TextEdit | undefined {
  const text = file.documents[document]?.text ?? "";
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(line))?.[0] ?? "";
  if (insideBlock(file, document, start)) return undefined;
  const at = file.position(document, line);
  return { range: { start: at, end: at }, newText: `${indent}# kube-ipv6-disable-next-line ${rule} -- reason\n` };
}

function insideBlock(file: ManifestFile, document: number, offset: number): boolean {
  for (const resource of file.documents[document]?.resources ?? [])
    for (const { node, start, end } of resource.embedded ? [] : resource.root.scalars())
      if (
        node.kind === "scalar" &&
        (node.style === "literal" || node.style === "folded") &&
        start <= offset &&
        offset < end
      )
        return true;
  return false;
}

function disableInFile({ rule }: Finding): TextEdit {
  const top = { line: 0, character: 0 };
  return { range: { start: top, end: top }, newText: `# kube-ipv6-disable-file ${rule} -- reason\n` };
}
