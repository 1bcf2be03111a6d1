import type { Connection } from "vscode-languageserver";
import * as messages from "#core/editor/messages.ts";
import { spellingAlone } from "#core/lint/bulk-fix.ts";
import { mendAll } from "#core/lint/fix-all.ts";
import type { Finding } from "#core/lint/rule.ts";
import type { Edit } from "#core/manifest/edit.ts";
import type { ManifestFile } from "#core/manifest/file.ts";
import { answer } from "./answer.ts";
import { nameOf } from "./names.ts";
import type { Session } from "./session.ts";
import { sentRecord } from "./settings.ts";
import { toFileEdits, toTextEdits } from "./to-lsp.ts";

/** Everything that can be mended in a file, as rows to choose from: the spelling of all that is said, then what somebody has to want. */
export function serveFixes(connection: Connection, session: Session): void {
  answer(connection, messages.fixes, (params) => {
    const { uri } = sentRecord(params);
    return { rows: typeof uri === "string" && session.file(uri) ? [...rowsOf(session, uri)] : [] };
  });
}

function* rowsOf(session: Session, uri: string): Iterable<messages.FixRow> {
  const name = nameOf(uri);
  const said = session
    .check(uri)
    .flatMap(({ findings, document: { text } }, document) => findings.map((finding) => ({ finding, document, text })));
  const numbers = new Map(said.map(({ finding }, index) => [finding, index]));
  const mended = new Set<Finding>();
  const changes = mendAll(session.workspace, [name], spellingAlone).get(name)?.changes ?? [];
  // The file that was mended to see what comes of it is thrown away; this one is as the user has it.
  const file = session.file(uri) as ManifestFile;
  for (const { owners, edits } of changes) {
    const [first] = owners;
    const place = said[numbers.get(first as Finding) ?? -1];
    if (!first || !place) continue;
    for (const owner of owners) mended.add(owner);
    const mends = owners.flatMap((owner) => numbers.get(owner) ?? []);
    const line = file.position(place.document, first.start).line;
    yield {
      ...{
        kind: "spelling",
        mends,
        rule: first.rule,
        message: first.message,
        title: first.fixes[0]?.title ?? "",
        line,
      },
      changes: changesOf(file.text, edits),
      edits: toFileEdits(file, edits),
    };
  }
  for (const { finding, document, text } of said) {
    if (mended.has(finding) || finding.severity === "information") continue;
    const { rule, message } = finding;
    const { line } = file.position(document, finding.start);
    for (const { title, edits } of finding.fixes)
      yield {
        ...{ kind: "decision", mends: [numbers.get(finding) ?? 0], rule, message, title, line },
        changes: changesOf(text, edits),
        edits: toTextEdits(file, document, edits),
      };
  }
}

function changesOf(text: string, edits: readonly Edit[]): messages.FixRow["changes"] {
  return edits.map((edit) => ({ before: text.slice(edit.start, edit.end).trim(), after: edit.text.trim() }));
}
