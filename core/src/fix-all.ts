import { compatible } from "./manifest/apply.ts";
import type { Edit } from "./manifest/edit.ts";
import type { Finding } from "./rule.ts";

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
