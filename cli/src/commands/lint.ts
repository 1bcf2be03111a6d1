import { Configs } from "#core/lint/config-files.ts";
import { Patches } from "#core/lint/kustomize-patches.ts";
import type { Finding } from "#core/lint/rule.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { lint as operation } from "#core/operations/lint.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { lintToGitLab } from "#core/report/gitlab.ts";
import { lintToJUnit } from "#core/report/junit.ts";
import { counts, type FileFinding, lintToGitHub, lintToJson, lintToText } from "#core/report/lint.ts";
import { lintToSarif } from "#core/report/sarif.ts";
import { lintReport, sentenceOf, type Unjudged } from "#core/report/unjudged.ts";
import { rules } from "#core/rules/index.ts";
import { beyondKnown, writeBaseline } from "../baseline.ts";
import { type CliCommand, type Exit, UsageError, version } from "../command.ts";
import { type FileSearch, type FoundFile, findFiles, surroundingsOf } from "../files.ts";
import { judgeFile, opener, stdinInput } from "../judge.ts";
import { lintSettings, oldObjects } from "../lint-settings.ts";
import { fixableFindings, fixedAndLeft, mend, wantedFixes } from "../mend.ts";
import { oneOf, parse } from "../options.ts";
import { readStdin } from "../read-stdin.ts";
import { terminal } from "../terminal.ts";

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length === 0) throw new UsageError("which files? Give a path, or - for standard input");
  const format = oneOf("format", values.format, formats) ?? "text";
  const failOn = oneOf("fail-on", values["fail-on"], ["error", "warning", "information"]) ?? "warning";
  const stdinText = positionals.includes("-") ? await readStdin() : undefined;
  const wanted = wantedFixes(values.fix, values["fix-rule"]);
  if (wanted && stdinText) throw new UsageError("--fix needs files, standard input cannot be mended");
  const paths = positionals.filter((path) => path !== "-");
  const around = surroundingsOf(paths);
  const configs = new Configs(around.read, around.isTop);
  const patches = new Patches(around.read, around.isTop);
  const before = oldObjects(values.old);
  const workspace = new Workspace(rules, lintSettings(values, configs, patches, before.objects));
  // What is wrong with it is said before anything is mended.
  const beyond = beyondKnown(values.baseline);
  const search = findFiles(paths, configs);
  const inputs = [...(stdinText ? [stdinInput] : []), ...search.found];
  const unjudged: Unjudged[] = [
    ...before.unjudged,
    ...search.missed.map(({ name, why }) => ({ file: name, message: `was not looked at: ${why}` })),
  ];
  if (!values["allow-empty"]) unjudged.push(...nothing(search, stdinText));

  const open = opener(workspace, stdinText, patches);
  const said = new Map<FoundFile, readonly FileFinding[]>();
  let fixed = 0;
  // One cluster's files after another's: what was read for one need not be kept while the next is looked at.
  for (const scope of Map.groupBy(inputs, ({ path }) => configs.scopeOf(path)).values()) {
    const readable = scope.filter((input) => {
      const why = open(input);
      if (why !== undefined) unjudged.push({ file: input.name, message: `was not looked at: ${why}` });
      return why === undefined;
    });
    const files = readable.filter((input) => input !== stdinInput);
    if (wanted) {
      const mended = mend(workspace, files, wanted);
      fixed += mended.fixed;
      unjudged.push(...mended.unjudged);
    }
    const checked = readable.map((input) => ({ input, checked: workspace.check(input.path) }));
    const fixable = wanted
      ? new Set<Finding>()
      : fixableFindings(
          workspace,
          files,
          checked.map(({ checked: documents }) => documents),
        );
    for (const { input, checked: all } of checked) {
      const judged = judgeFile(workspace, input, around, fixable, all);
      said.set(input, judged.findings);
      unjudged.push(...judged.unjudged);
    }
    workspace.clear();
  }
  const files = inputs.filter((input) => said.has(input));
  const all = files.flatMap((input) => said.get(input) ?? []);
  unjudged.push(...writeBaseline(values["write-baseline"], all));
  const fresh = beyond(all);
  const findings = values.quiet ? fresh.filter(({ severity }) => severity !== "information") : fresh;
  unjudged.push(...[...configs.problems, ...patches.problems].map((message) => ({ message })));

  const exit = exitOf(findings, unjudged, failOn);
  const names = files.map(({ name }) => name);
  const print = format === "text" ? terminal.print : terminal.printData;
  print(
    {
      text: () => lintToText(findings, { color: terminal.colors }),
      json: () => lintToJson(findings),
      "json-report": () => lintReport(names, findings, unjudged, exit),
      sarif: () => lintToSarif(findings, rules, version, { unjudged, exitCode: exit }),
      junit: () => lintToJUnit(names, findings, unjudged),
      github: () => lintToGitHub(findings, unjudged),
      gitlab: () => lintToGitLab(findings, unjudged),
    }[format](),
  );
  for (const { name, why } of search.beside) terminal.complain(`kube-ipv6: ${name} was not followed: ${why}`);
  for (const each of unjudged) terminal.complain(`kube-ipv6: ${sentenceOf(each)}`);
  if (wanted) terminal.complain(fixedAndLeft(fixed, fresh));
  if (format === "text") terminal.complain(summary(findings, files.length));
  return exit;
}

const formats = ["text", "json", "json-report", "sarif", "junit", "github", "gitlab"] as const;

/** What was not judged as a whole outweighs what was found in the rest: nobody knows what else there is. */
function exitOf(findings: readonly FileFinding[], unjudged: readonly Unjudged[], failOn: string): Exit {
  if (unjudged.length > 0) return 3;
  const grades = ["information", "warning", "error"];
  return findings.some(({ severity }) => grades.indexOf(severity) >= grades.indexOf(failOn)) ? 1 : 0;
}

/** Where a folder, a pipe or all that was given held nothing, whoever reads "no findings" should know that nothing was judged. */
function nothing({ found, empty, excluded }: FileSearch, stdinText: Buffer | undefined): Unjudged[] {
  const passes = "so that nothing was judged; --allow-empty lets that pass";
  const folders = empty.map((name) => ({ file: name, message: `holds no manifest, ${passes}` }));
  const input = stdinText?.toString("latin1").trim() === "";
  return [
    ...folders,
    ...(input ? [{ file: stdinInput.name, message: `is empty, ${passes}` }] : []),
    ...(excluded && found.length === 0
      ? [{ message: `every manifest is excluded by a .kube-ipv6.yaml, ${passes}` }]
      : []),
  ];
}

function summary(findings: readonly FileFinding[], files: number): string {
  const { error, warning, information } = counts(findings);
  return `${many(files, "file")}: ${many(error, "error")}, ${many(warning, "warning")}, ${many(information, "hint")}`;
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
