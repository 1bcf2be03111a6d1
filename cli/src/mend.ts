import { spellingAlone, type Wanted } from "#core/lint/bulk-fix.ts";
import type { Checked } from "#core/lint/checked-document.ts";
import { type Mended, mendAll } from "#core/lint/fix-all.ts";
import type { Finding } from "#core/lint/rule.ts";
import type { Workspace } from "#core/lint/workspace.ts";
import type { FileFinding } from "#core/report/lint.ts";
import type { Unjudged } from "#core/report/unjudged.ts";
import { rules } from "#core/rules/index.ts";
import { replaceText } from "#files/replace.ts";
import { UsageError } from "./command.ts";
import type { FoundFile } from "./files.ts";

/** Which fixes `--fix` and `--fix-rule` ask for; undefined if none. */
export function wantedFixes(fix: boolean | undefined, named: readonly string[] = []): Wanted | undefined {
  const unknown = named.find((name) => !rules.some(({ id }) => id === name));
  if (unknown !== undefined) throw new UsageError(`--fix-rule takes the name of a rule, and there is no "${unknown}"`);
  return fix || named.length > 0 ? { spelling: fix === true, rules: new Set(named) } : undefined;
}

/** Makes the wanted fixes in the files of one cluster; says how many findings are mended and what could not be written. */
export function mend(workspace: Workspace, inputs: readonly FoundFile[], wanted: Wanted) {
  const paths = inputs.map(({ path }) => path);
  const mended = mendAll(workspace, paths, wanted);
  const unjudged: Unjudged[] = [];
  let fixed = 0;
  for (const { name, path } of inputs) {
    const made = mended.get(path);
    const why = made && write(workspace, path, made);
    if (why !== undefined) unjudged.push({ file: name, message: `was not mended: ${why}` });
    else fixed += made?.changes.reduce((sum, { owners }) => sum + owners.length, 0) ?? 0;
  }
  return { fixed, unjudged };
}

/**
 * Writes the file with its fixes made, or leaves it as it was to the last byte; says why where it could not be written. A link that
 * somebody named is kept, and what it leads to is mended; no other link is ever read.
 */
function write(workspace: Workspace, path: string, { text }: Mended): string | undefined {
  const why = replaceText(path, workspace.file(path)?.text ?? "", text);
  if (why === undefined) workspace.open(path, text);
  return why;
}

/** Those of the findings in the workspace, `said` of these files, that `--fix` would mend. */
export function fixableFindings(
  workspace: Workspace,
  inputs: readonly FoundFile[],
  said: readonly (readonly Checked[])[],
): ReadonlySet<Finding> {
  const offers = ({ findings }: Checked) => findings.some(({ fixes }) => fixes.some(({ kind }) => kind === "spelling"));
  if (!said.some((documents) => documents.some(offers))) return new Set();
  const paths = inputs.map(({ path }) => path);
  const mended = mendAll(workspace, paths, spellingAlone);
  return new Set([...mended.values()].flatMap(({ changes }) => changes.flatMap(({ owners }) => owners)));
}

/** "5 fixed, 3 left for you: 2 network-policy-ipv4-any, 1 host-bits": what is left is what has a fix that somebody has to want. */
export function fixedAndLeft(fixed: number, left: readonly FileFinding[]): string {
  const offered = left.filter(({ fix, severity }) => fix !== undefined && severity !== "information");
  const byRule = [...Map.groupBy(offered, ({ rule }) => rule)].map(([rule, { length }]) => `${length} ${rule}`);
  return `${fixed} fixed, ${offered.length} left for you${byRule.length > 0 ? `: ${byRule.join(", ")}` : ""}`;
}
