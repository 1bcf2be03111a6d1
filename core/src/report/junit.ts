import { withoutLogCommands } from "../text/log-commands.ts";
import { printable, printableIn } from "../text/printable.ts";
import type { FileFinding } from "./lint.ts";

/** JUnit's XML as CI servers read it: a test case a file, a failure where a finding counts. */
export function lintToJUnit(files: readonly string[], findings: readonly FileFinding[]): string {
  const suites = files.map((file) =>
    testcase(
      file,
      findings.filter((finding) => finding.file === file),
    ),
  );
  const failed = suites.filter(({ failures }) => failures > 0).length;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kube-ipv6" tests="${files.length}" failures="${failed}">
  <testsuite name="kube-ipv6 lint" tests="${files.length}" failures="${failed}">
${suites.map(({ xml }) => xml).join("\n")}
  </testsuite>
</testsuites>
`;
}

function testcase(file: string, findings: readonly FileFinding[]): { xml: string; failures: number } {
  const loud = printableIn(findings).filter(({ severity }) => severity !== "information");
  const head = `    <testcase name="${xml(printable(file))}" classname="kube-ipv6.lint"`;
  if (loud.length === 0) return { xml: `${head}/>`, failures: 0 };
  const lines = loud.map(
    ({ range: { start }, severity, message, rule, path }) =>
      `${start.line + 1}:${start.character + 1} ${severity} ${message} (${path}, ${rule})`,
  );
  const failure = `      <failure message="${xml(`${loud.length} findings`)}" type="${xml(loud[0]?.rule ?? "")}">${xml(lines.join("\n"))}</failure>`;
  return { xml: `${head}>\n${failure}\n    </testcase>`, failures: loud.length };
}

/** The line breaks are ours. CI systems show this in their logs too, so it may hold no command of theirs. */
function xml(text: string): string {
  const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  return withoutLogCommands(text.replace(/[&<>"']/g, (char) => named[char] ?? char));
}
