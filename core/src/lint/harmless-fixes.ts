import { applyEdits } from "../manifest/apply.ts";
import type { Document } from "../manifest/document.ts";
import type { Range } from "../manifest/field.ts";
import { parseYaml } from "../manifest/parse.ts";
import { mask } from "../manifest/template.ts";
import { TemplateBlocks } from "../manifest/template-blocks.ts";
import type { Finding, OfferedFix } from "./rule.ts";

/**
 * The findings without the fixes that could do harm where they stand: in a document that was read in part only, where a lone carriage
 * return ends lines for YAML and not for us, and such as would take a piece out of a template.
 */
export function withHarmlessFixes(
  { text, problems }: Pick<Document, "text" | "problems">,
  findings: readonly Finding[],
): readonly Finding[] {
  if (!findings.some(({ fixes }) => fixes.length > 0)) return findings;
  if (text.includes("\r") && /\r(?!\n)/.test(text)) return findings.map((finding) => kept(finding, () => false));
  const whole = text.includes("{{") ? leavingTemplates(text, findings) : findings;
  return problems.length > 0 ? mendingOnly(text, problems, whole) : whole;
}

function leavingTemplates(text: string, findings: readonly Finding[]): readonly Finding[] {
  const blocks = new TemplateBlocks(text);
  return findings.map((finding) =>
    kept(finding, ({ edits }) => blocks.leaves(edits, finding) && !edits.some((edit) => edit.text.includes(mask))),
  );
}

function kept(finding: Finding, harmless: (fix: OfferedFix) => boolean): Finding {
  const fixes = finding.fixes.filter(harmless);
  return fixes.length === finding.fixes.length ? finding : { ...finding, fixes };
}

/**
 * What is said of the very line that YAML is broken at may be what mends it: `endpoint: [fd00::1]:6443`. To see that costs as much as to
 * read the document again, so only the first few are tried.
 */
function mendingOnly(text: string, problems: Document["problems"], findings: readonly Finding[]): readonly Finding[] {
  let left = 5;
  return findings.map((finding) =>
    kept(finding, ({ edits }) => {
      if (!problems.some((problem) => onOneLine(text, problem, finding)) || --left < 0) return false;
      return parseYaml(applyEdits(text, edits)).problems.length < problems.length;
    }),
  );
}

function onOneLine(text: string, a: Range, b: Range): boolean {
  return !text.slice(Math.min(a.start, b.start), Math.max(a.end, b.end)).trimEnd().includes("\n");
}
