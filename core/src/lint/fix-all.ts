import { applyEdits, compatible } from "../manifest/apply.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Finding } from "./rule.ts";
import type { Workspace } from "./workspace.ts";

/**
 * The first fix of every error and warning of a document, as far as they can be made together: a fix that touches what
 * an earlier one touches waits for the next round. Hints are offered one by one, never in bulk.
 */
export function fixAll(findings: readonly Finding[]): {
  readonly edits: readonly Edit[];
  readonly fixed: readonly Finding[];
} {
  const edits: Edit[] = [];
  const fixed: Finding[] = [];
  for (const finding of findings) {
    const fix = finding.severity === "information" ? undefined : finding.fixes[0];
    if (!fix || !compatible(edits, fix.edits)) continue;
    edits.push(
      ...fix.edits.filter((edit) => !edits.some((made) => made.start === edit.start && made.end === edit.end)),
    );
    fixed.push(finding);
  }
  return { edits, fixed };
}

/**
 * The text of a file with its fixes made, in rounds, since one fix may make way for another; the text it has if there
 * is nothing to mend. The workspace holds what it held before.
 */
export function mended(workspace: Workspace, name: string): string {
  const before = workspace.file(name)?.text ?? "";
  let text = before;
  for (let round = 0; round < 10; round++) {
    const parts = workspace
      .check(name)
      .map(({ document, findings }) => applyEdits(document.text, fixAll(findings).edits));
    const next = parts.join("");
    if (next === text) break;
    text = next;
    workspace.open(name, text);
  }
  if (text !== before) workspace.open(name, before);
  return text;
}
