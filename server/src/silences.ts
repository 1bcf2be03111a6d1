import { type CodeAction, CodeActionKind, type Diagnostic, type TextEdit } from "vscode-languageserver";
import type { Finding } from "#core/lint/rule.ts";
import { structured } from "#core/manifest/embedded.ts";
import type { ManifestFile } from "#core/manifest/file.ts";
import { offeredCommands } from "./protocol.ts";
import { quickFix } from "./to-lsp.ts";

/** The ways to turn a rule off: for a line, for a file, and where the client is our extension, for a folder and in the settings. */
export function silences(
  uri: string,
  file: ManifestFile,
  document: number,
  finding: Finding,
  diagnostic: Diagnostic,
  extension: boolean,
): CodeAction[] {
  const { rule } = finding;
  const comment = (where: string, edit: TextEdit): CodeAction => ({
    ...quickFix(uri, `Turn ${rule} off for this ${where}`, [edit], diagnostic, false),
    // The reason is to be written, and the whole can be taken back.
    ...(extension
      ? {
          command: {
            title: "Say so",
            command: offeredCommands.turnedOff,
            arguments: [{ rule, where: `for this ${where}`, uri, line: edit.range.start.line }],
          },
        }
      : {}),
  });
  const here = disableHere(file, document, finding);
  const comments = [
    ...(here ? [comment("line", here)] : []),
    ...(takesComments(file) ? [comment("file", disableInFile(file, finding))] : []),
  ];
  if (!extension) return comments;
  return [
    ...comments,
    {
      title: `Turn ${rule} off for this folder`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      command: { title: "Turn rule off", command: offeredCommands.turnRuleOff, arguments: [{ rule, uri }] },
    },
    {
      title: `Turn ${rule} off in settings`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      command: { title: "Turn rule off", command: offeredCommands.turnRuleOff, arguments: [rule] },
    },
  ];
}

/** A comment on a line of its own above; not inside a scalar of several lines, where it would become part of the value. */
function disableHere(file: ManifestFile, document: number, { start, rule }: Finding): TextEdit | undefined {
  const text = file.documents[document]?.text ?? "";
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(line))?.[0] ?? "";
  if (!takesComments(file) || insideScalar(file, document, line)) return undefined;
  const at = file.position(document, line);
  const newText = `${indent}# kube-ipv6-disable-next-line ${rule} -- reason${newlineOf(text)}`;
  return { range: { start: at, end: at }, newText };
}

/** A program's own JSON does not. */
function takesComments({ documents }: ManifestFile): boolean {
  const program = documents[0]?.program;
  return program === undefined || !structured.has(program);
}

/** A line that begins within a scalar, embedded files included: they stand in one. */
function insideScalar(file: ManifestFile, document: number, line: number): boolean {
  for (const { embedded, root } of file.documents[document]?.resources ?? [])
    for (const { node } of embedded ? [] : root.scalars()) if (node.start < line && line < node.end) return true;
  return false;
}

function disableInFile(file: ManifestFile, { rule }: Finding): TextEdit {
  const first = file.documents[0]?.text ?? "";
  // Directives such as %YAML have to stay the first thing in a file, and a comment fits anywhere behind.
  const at = file.position(0, first.startsWith("%") ? first.indexOf("---") : 0);
  return { range: { start: at, end: at }, newText: `# kube-ipv6-disable-file ${rule} -- reason${newlineOf(first)}` };
}

function newlineOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
