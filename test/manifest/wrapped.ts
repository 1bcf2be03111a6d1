import assert from "node:assert/strict";
import { Prefilter } from "#core/lint/prefilter.ts";
import type { Finding } from "#core/lint/rule.ts";
import { defaults } from "#core/lint/settings.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { applyEdits } from "#core/manifest/apply.ts";
import { rules } from "#core/rules/index.ts";

interface Said {
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** Every document is merged with something else in a wrapper, as a patch is, so it is read as one when it stands alone, too. */
export function said(text: string): Said {
  const read = (content: Parameters<Workspace["open"]>[1]) => {
    const workspace = new Workspace(rules, { ...defaults, patch: () => true });
    workspace.open("a.yaml", content);
    return workspace.check("a.yaml").flatMap(({ findings }) => findings);
  };
  const findings = read(text);
  const fromBytes = read(new Prefilter(rules).documents(Buffer.from(text), { name: "a.yaml", patch: true }) ?? "");
  assert.deepEqual(fromBytes, findings, "the command line sees what the editor sees");
  return { text, findings };
}

/** Without places and paths: rule, severity, words, what is underlined. */
export function core({ text, findings }: Said, strip: (text: string) => string = (one) => one): readonly string[] {
  return findings
    .map(({ rule, severity, message, start, end }) =>
      [rule, severity, message, strip(text.slice(start, end))].join(" | "),
    )
    .sort();
}

export const indented = (text: string, spaces: number) => text.replace(/^(?=.)/gm, " ".repeat(spaces));

/** Takes an indentation from every line but the first, which the range begins in. */
const outdented = (spaces: number) => (text: string) => text.replaceAll(`\n${" ".repeat(spaces)}`, "\n");

/** What stands above a text that is wrapped up, and how far that is indented. */
export interface Wrapper {
  readonly name: string;
  readonly head: string;
  readonly spaces: number;
}

/** The findings of a text in a wrapper are those that it has alone, at their places, with their fixes. */
export function compare(bare: string, { head, spaces }: Wrapper): void {
  const alone = said(bare);
  const wrapped = said(head + indented(bare, spaces));
  assert.deepEqual(core(wrapped, outdented(spaces)), core(alone));
  // Objects that stand side by side are found in one order in both.
  const inOrder = (findings: readonly Finding[]) =>
    [...findings].sort((a, b) => a.start - b.start || (a.rule < b.rule ? -1 : 1));
  const inner = inOrder(wrapped.findings);
  for (const [index, { fixes, rule }] of inOrder(alone.findings).entries())
    for (const [nth, { edits }] of fixes.entries()) {
      const mended = inner[index]?.fixes[nth];
      assert.ok(mended, `${rule} has its fix in the wrapper, too`);
      assert.equal(
        applyEdits(wrapped.text, mended.edits).trimEnd(),
        head + indented(applyEdits(alone.text, edits), spaces).trimEnd(),
        rule,
      );
    }
}
