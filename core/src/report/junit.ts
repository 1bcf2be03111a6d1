import { withoutLogCommands } from "../text/log-commands.ts";
import { printable, printableIn } from "../text/printable.ts";
import type { FileFinding } from "./lint.ts";
import { sentenceOf, type Unjudged } from "./unjudged.ts";

/** JUnit's XML as CI servers read it: a test case a file, a failure where a finding counts, an error where it was not judged as a whole. */
export function lintToJUnit(
  files: readonly string[],
  findings: readonly FileFinding[],
  unjudged: readonly Unjudged[],
): string {
  const found = Map.groupBy(findings, ({ file }) => file);
  const missed = Map.groupBy(unjudged, ({ file = settings }) => file);
  const all = [...new Set([...files, ...missed.keys()])];
  const suites = all.map((file) => testcase(file, found.get(file) ?? [], missed.get(file) ?? []));
  const failed = suites.filter(({ failures }) => failures > 0).length;
  const counts = `tests="${all.length}" failures="${failed}" errors="${missed.size}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kube-ipv6" ${counts}>
  <testsuite name="kube-ipv6 lint" ${counts}>
${suites.map(({ xml }) => xml).join("\n")}
  </testsuite>
</testsuites>
`;
}

/** What is said of no file. */
const settings = "(settings)";

function testcase(
  file: string,
  findings: readonly FileFinding[],
  unjudged: readonly Unjudged[],
): { xml: string; failures: number } {
  const loud = printableIn(findings).filter(({ severity }) => severity !== "information");
  const head = `    <testcase name="${xml(printable(file))}" classname="kube-ipv6.lint"`;
  const errors = unjudged.map((each) => `\n      <error message="${xml(printable(sentenceOf(each)))}"/>`).join("");
  if (loud.length === 0)
    return { xml: errors === "" ? `${head}/>` : `${head}>${errors}\n    </testcase>`, failures: 0 };
  const lines = loud.map(
    ({ range: { start }, severity, message, rule, path }) =>
      `${start.line + 1}:${start.character + 1} ${severity} ${message} (${path}, ${rule})`,
  );
  const failure = `      <failure message="${xml(`${loud.length} findings`)}" type="${xml(loud[0]?.rule ?? "")}">${xml(lines.join("\n"))}</failure>`;
  return { xml: `${head}>\n${failure}${errors}\n    </testcase>`, failures: loud.length };
}

/** The line breaks are ours. CI systems show this in their logs too, so it may hold no command of theirs. */
function xml(text: string): string {
  const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  return withoutLogCommands(text.replace(/[&<>"']/g, (char) => named[char] ?? char));
}
