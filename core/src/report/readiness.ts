/** Readiness for people, spreadsheets, CI servers and programs. */
import { type Assessed, type Class, type Readiness, steps } from "../readiness/model.ts";
import { withoutLogCommands } from "../text/log-commands.ts";
import { escapedMarkdown } from "../text/markdown.ts";
import { printable, printableIn, printableJson } from "../text/printable.ts";

const classes: readonly Class[] = ["IPv4-only", "dual", "IPv6-only-ready", "unknown"];
const marks = { yes: "yes", no: "NO", unknown: "?", none: "-" } as const;

/** What `kube-ipv6 compare` reads; described in docs/readiness.md. */
export function readinessToJson({ workloads, unread }: Readiness, context: string, exitCode: number): string {
  const document = {
    kind: "kube-ipv6 readiness",
    version: 1,
    context,
    exitCode,
    counts: counts(workloads),
    workloads,
    unread,
  };
  return printableJson(`${JSON.stringify(document, undefined, 2)}\n`);
}

function counts(workloads: readonly Assessed[]): Readonly<Record<Class, number>> {
  return Object.fromEntries(
    classes.map((name) => [name, workloads.filter((one) => one.class === name).length]),
  ) as Record<Class, number>;
}

export function readinessToText(readiness: Readiness): string {
  const { workloads } = printableIn(readiness);
  const width = Math.max(8, ...workloads.map(({ workload }) => workload.length));
  const head = `${"workload".padEnd(width)}  ${"class".padEnd(15)}  ${steps.join("  ")}`;
  const rows = workloads.map((one) =>
    `${one.workload.padEnd(width)}  ${one.class.padEnd(15)}  ${steps.map((name) => marks[one.steps[name].is].padEnd(name.length)).join("  ")}`.trimEnd(),
  );
  const blocked = workloads.filter(({ blocks, class: is }) => blocks.length > 0 || is === "unknown");
  return [[head, ...rows].join("\n"), ...blocked.map(reasons), summary(workloads)].join("\n\n").concat("\n");
}

function reasons({ workload, blocks, steps: rungs, notes, class: is }: Assessed): string {
  const open =
    is === "unknown"
      ? steps.filter((name) => rungs[name].is === "unknown").map((name) => `${name}: ${rungs[name].why}`)
      : [];
  return [
    `${workload}: ${is}`,
    ...blocks.map(({ what, where }) => `  ${what}\n    change: ${where}`),
    ...open.map((text) => `  not known, ${text}`),
    ...notes.map((note) => `  note: ${note}`),
  ].join("\n");
}

function summary(workloads: readonly Assessed[]): string {
  const found = counts(workloads);
  return `${workloads.length} ${workloads.length === 1 ? "workload" : "workloads"}: ${classes.map((name) => `${found[name]} ${name}`).join(", ")}.`;
}

export function readinessToMarkdown({ workloads }: Readiness): string {
  const cell = (text: string) => escapedMarkdown(text);
  const rows = workloads.map(
    (one) => `| ${cell(one.workload)} | ${one.class} | ${steps.map((name) => marks[one.steps[name].is]).join(" | ")} |`,
  );
  const table = [
    `| workload | class | ${steps.join(" | ")} |`,
    `|---|---|${steps.map(() => "---|").join("")}`,
    ...rows,
  ];
  const blocked = workloads.filter(({ blocks }) => blocks.length > 0);
  const lists = blocked.map(
    ({ workload, blocks }) =>
      `## ${cell(workload)}\n\n${blocks.map(({ what, where }) => `- [ ] ${cell(what)}: change ${cell(where)}`).join("\n")}`,
  );
  return `${["# Can IPv4 be turned off?", cell(summary(workloads)), table.join("\n"), ...lists].join("\n\n")}\n`;
}

/** RFC 4180, a row a block; a workload that nothing blocks has one row. What a spreadsheet could take for a formula is quoted as text. */
export function readinessToCsv({ workloads }: Readiness): string {
  const head = ["workload", "class", ...steps, "kind", "what", "where", "addresses"];
  const rows = workloads.flatMap((one) => {
    const common = [one.workload, one.class, ...steps.map((name) => one.steps[name].is)];
    const addresses = one.addresses.join(" ");
    if (one.blocks.length === 0) return [[...common, "", "", "", addresses]];
    return one.blocks.map(({ kind, what, where }) => [...common, kind, what, where, addresses]);
  });
  return [head, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(text: string): string {
  const safe = printable(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A test case a workload: it fails where something needs IPv4, and is skipped where nobody knows. */
export function readinessToJUnit({ workloads }: Readiness): string {
  const failed = workloads.filter(({ class: is }) => is === "IPv4-only" || is === "dual").length;
  const skipped = workloads.filter(({ class: is }) => is === "unknown").length;
  const numbers = `tests="${workloads.length}" failures="${failed}" skipped="${skipped}"`;
  const cases = workloads.map((one) => {
    const head = `    <testcase name="${xml(one.workload)}" classname="kube-ipv6.readiness"`;
    if (one.class === "IPv6-only-ready") return `${head}/>`;
    if (one.class === "unknown") return `${head}><skipped message="${xml(reasons(one))}"/></testcase>`;
    return `${head}>\n      <failure message="${xml(one.class)}">${xml(reasons(one))}</failure>\n    </testcase>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kube-ipv6" ${numbers}>
  <testsuite name="kube-ipv6 readiness" ${numbers}>
${cases.join("\n")}
  </testsuite>
</testsuites>
`;
}

function xml(text: string): string {
  const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  const shown = text.split("\n").map(printable).join("\n");
  return withoutLogCommands(shown.replace(/[&<>"']/g, (char) => named[char] ?? char));
}
