import { shapes } from "#core/addresses/shape.ts";
import { Configs } from "#core/lint/config-files.ts";
import { Patches } from "#core/lint/kustomize-patches.ts";
import type { Finding } from "#core/lint/rule.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { lintToGitLab } from "#core/report/gitlab.ts";
import { lintToJUnit } from "#core/report/junit.ts";
import { counts, type FileFinding, lintToGitHub, lintToJson, lintToText } from "#core/report/lint.ts";
import { lintToSarif } from "#core/report/sarif.ts";
import { lintReport, sentenceOf, type Unjudged } from "#core/report/unjudged.ts";
import { rules } from "#core/rules/index.ts";
import { beyondKnown, writeBaseline } from "../baseline.ts";
import { type CliCommand, type Exit, UsageError, version } from "../command.ts";
import { type FileSearch, type FoundFile, findFiles, surroundingsOf } from "../files.ts";
import { judgeFile, opener, stdinInput, workspaceOf } from "../judge.ts";
import { lintSettings, oldObjects } from "../lint-settings.ts";
import { fixableFindings, fixedAndLeft, mend, wantedFixes } from "../mend.ts";
import { optimizeLater } from "../optimize-later.ts";
import { oneOf, parse } from "../options.ts";
import { readStdin } from "../read-stdin.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "lint",
  listed: 10,
  editor: "kube-ipv6.fixAllInFile",
  summary: "find IPv6 mistakes in manifests",
  usage: "[OPTIONS] PATH...",
  operands: { name: "paths", says: "files or folders of manifests", many: true },
  tool: {
    title: "Lint manifests for IPv6",
    says: "Finds IPv6 and dual-stack mistakes in Kubernetes manifests, Helm values, CNI configurations and Corefiles. Ask it of every manifest that names addresses, families, network policies or Services before it is applied. Give paths, or the text itself as manifest. A clean answer means that nothing of what it knows is wrong.",
    takes: ["cluster", "kubernetes", "service-cidr", "fail-on"],
    text: "the text of one or several YAML documents, instead of paths",
  },
  says: `Finds IPv6 and dual-stack mistakes in Kubernetes manifests. PATH is a file, a folder (every .yaml, .yml, .sh, .service,
.conflist, Corefile, Makefile, net-conf.json, hosts.ini and inventory.ini below it), or - for standard input, for example "helm template . | kube-ipv6 lint -".`,
  inputs: {
    format: {
      short: "o",
      takes: ["text", "json", "json-report", "sarif", "junit", "github", "gitlab"],
      says: "how to print; json is a list of findings, json-report says as well what was not judged",
      byDefault: "text",
    },
    cluster: {
      takes: shapes,
      says: "what the manifests are meant for, primary family first",
      byDefault: "unknown",
    },
    "service-cidr": { takes: "10.96.0.0/12,fd00::/112", says: "the ranges its Services get addresses from" },
    kubernetes: { takes: "1.36", says: "the version they are meant for", byDefault: "1.36" },
    old: { takes: "FILE", says: "the objects as they are now, to say what an update may not change" },
    fix: { says: "mend spelling: what leaves reach, families and programs as they are" },
    "fix-rule": {
      takes: "RULE",
      repeatable: true,
      says: "make the fix of this rule too, whatever it decides; may be given again",
    },
    "fail-on": {
      takes: ["error", "warning", "information"],
      says: "from which severity on the exit code is 1",
      byDefault: "warning",
    },
    baseline: { takes: "FILE", says: "leave out the findings that this file knows" },
    "write-baseline": { takes: "FILE", says: "write that file" },
    quiet: { says: "errors and warnings only" },
    "allow-empty": { says: "a folder without manifests is as good as a clean one" },
  },
  besides:
    "Settings for a folder stand in .kube-ipv6.yaml, those for a line or a file in comments: see the documentation.",
  exits: { 0: "clean", 1: "findings", 2: "wrong usage", 3: "something was not judged as a whole" },
  writes: "files that an option names",
});

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
  // What is wrong with it is said before anything is mended.
  const beyond = beyondKnown(values.baseline);
  const search = findFiles(paths, configs);
  const judging = workspaceOf(search, lintSettings(values, configs, patches, before.objects), around);
  const { workspace } = judging;
  optimizeLater();
  const inputs = [...(stdinText ? [stdinInput] : []), ...search.found];
  const unjudged: Unjudged[] = [
    ...before.unjudged,
    ...search.missed.map(({ name, why }) => ({ file: name, message: `was not looked at: ${why}` })),
  ];
  if (!values["allow-empty"]) unjudged.push(...nothing(search, stdinText));

  const open = opener(judging, stdinText, patches);
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
