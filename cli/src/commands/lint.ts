import { writeFileSync } from "node:fs";
import { stdin } from "node:process";
import type { Configs } from "#core/lint/config-files.ts";
import { mended } from "#core/lint/fix-all.ts";
import { Patches } from "#core/lint/kustomize-patches.ts";
import { Prefilter } from "#core/lint/prefilter.ts";
import { objectsOf, sameObject } from "#core/lint/previous.ts";
import { defaults, type Settings } from "#core/lint/settings.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { beyondBaseline, toBaseline } from "#core/report/baseline.ts";
import { rendered } from "#core/report/helm-source.ts";
import { lintToJUnit } from "#core/report/junit.ts";
import { counts, type FileFinding, lintToGitHub, lintToJson, lintToText, toFileFinding } from "#core/report/lint.ts";
import { lintToSarif } from "#core/report/sarif.ts";
import { rules } from "#core/rules/index.ts";
import { type Command, type Exit, UsageError, version } from "../command.ts";
import { type Found, findFiles, folderConfigs, readSetting, readText, withBytes } from "../files.ts";
import { oneOf, parse, rangesOption, shapeOption, versionOption } from "../options.ts";
import { terminal } from "../terminal.ts";

const usage = `Usage: kube-ipv6 lint [OPTIONS] PATH...

Finds IPv6 and dual-stack mistakes in Kubernetes manifests. PATH is a file, a folder (every .yaml, .yml, .conflist,
Corefile and net-conf.json below it), or - for standard input, for example "helm template . | kube-ipv6 lint -".

  --format text|json|sarif|junit|github   how to print (text)
  --cluster dual-v4|dual-v6|v4|v6|unknown what the manifests are meant for, primary family first (unknown)
  --service-cidr 10.96.0.0/12,fd00::/112  the ranges its Services get addresses from
  --kubernetes 1.36                       the version they are meant for (1.36)
  --old FILE                              the objects as they are now, to say what an update may not change
  --fix                                   mend what can be mended without a doubt, and print what is left
  --fail-on error|warning|information     from which severity on the exit code is 1 (warning)
  --baseline FILE                         leave out the findings that this file knows
  --write-baseline FILE                   write that file
  --quiet                                 errors and warnings only

Settings for a folder stand in .kube-ipv6.yaml, those for a line or a file in comments: see the documentation.
Exit code: 0 clean, 1 findings, 2 wrong usage, 3 something could not be read.
`;

const options = {
  format: { type: "string" },
  cluster: { type: "string" },
  kubernetes: { type: "string" },
  "service-cidr": { type: "string" },
  old: { type: "string" },
  fix: { type: "boolean" },
  "fail-on": { type: "string" },
  baseline: { type: "string" },
  "write-baseline": { type: "string" },
  quiet: { type: "boolean" },
} as const;

export const command: Command = { usage, run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, options);
  if (positionals.length === 0) throw new UsageError("which files? Give a path, or - for standard input");
  const format = oneOf("format", values.format, ["text", "json", "sarif", "junit", "github"]) ?? "text";
  const failOn = oneOf("fail-on", values["fail-on"], ["error", "warning", "information"]) ?? "warning";
  const stdinText = positionals.includes("-") ? await readAll() : undefined;
  if (values.fix && stdinText) throw new UsageError("--fix needs files, standard input cannot be mended");
  const configs = folderConfigs();
  const patches = new Patches(readSetting);
  const workspace = new Workspace(rules, settings(values, configs, patches));
  const { found, missed } = findFiles(positionals.filter((path) => path !== "-"));
  const inputs = [...(stdinText ? [stdinInput] : []), ...found.filter(({ path }) => !configs.excludes(path))];
  const open = opener(workspace, stdinText, patches);
  const failed = [...missed];
  const said = new Map<Found, readonly FileFinding[]>();
  // One cluster's files after another's: what was read for one need not be kept while the next is looked at.
  for (const scope of Map.groupBy(inputs, ({ path }) => configs.scopeOf(path)).values()) {
    const readable = scope.filter((input) => {
      const why = open(input);
      if (why !== undefined) failed.push({ name: input.name, why });
      return why === undefined;
    });
    if (values.fix) for (const { path } of readable) mend(workspace, path);
    for (const input of readable) said.set(input, findingsOf(workspace, input));
    workspace.clear();
  }
  const kept = inputs.filter((input) => said.has(input));
  const all = kept.flatMap((input) => said.get(input) ?? []);
  if (values["write-baseline"] !== undefined) writeFileSync(values["write-baseline"], toBaseline(all));
  const fresh = values.baseline === undefined ? all : sift(all, values.baseline);
  const findings = values.quiet ? fresh.filter(({ severity }) => severity !== "information") : fresh;

  const print = format === "text" ? terminal.print : terminal.printData;
  print(
    {
      text: () => lintToText(findings, { color: terminal.colors }),
      json: () => lintToJson(findings),
      sarif: () => lintToSarif(findings, rules, version),
      junit: () =>
        lintToJUnit(
          kept.map(({ name }) => name),
          findings,
        ),
      github: () => lintToGitHub(findings),
    }[format](),
  );
  for (const { name, why } of failed) terminal.complain(`kube-ipv6: ${name} was not looked at: ${why}`);
  for (const problem of configs.problems) terminal.complain(`kube-ipv6: ${problem}`);
  if (format === "text") terminal.complain(summary(findings, kept.length));
  if (failed.length > 0 || configs.problems.length > 0) return 3;
  const grades = ["information", "warning", "error"];
  return findings.some(({ severity }) => grades.indexOf(severity) >= grades.indexOf(failOn)) ? 1 : 0;
}

/** Reads what rules can have something to say about into the workspace; says why if a file cannot be read. */
function opener(workspace: Workspace, stdinText: Buffer | undefined, patches: Patches) {
  const prefilter = new Prefilter(rules);
  return (input: Found): string | undefined => {
    const documentsOf = (bytes: Buffer) => ({
      documents: prefilter.documents(bytes, { name: input.path, patch: patches.has(input.path) }),
    });
    const read = input === stdinInput && stdinText ? documentsOf(stdinText) : withBytes(input, documentsOf);
    if ("why" in read) return read.why;
    if (read.documents) workspace.open(input.path, read.documents);
    return undefined;
  };
}

const stdinInput: Found = { name: "<stdin>", path: "<stdin>" };

async function readAll(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function settings(
  values: { cluster?: string; kubernetes?: string; "service-cidr"?: string; old?: string },
  configs: Configs,
  patches: Patches,
): Settings {
  const cluster = shapeOption(values.cluster);
  const kubernetes = versionOption(values.kubernetes);
  const ranges = rangesOption(values["service-cidr"]);
  const before = values.old === undefined ? [] : oldObjects(values.old);
  return {
    ...defaults,
    of: (path) => {
      const config = configs.of(path)?.config;
      const serviceCIDRs = ranges ?? config?.serviceCIDRs;
      return {
        ...(serviceCIDRs ? { serviceCIDRs } : {}),
        cluster: cluster ?? config?.cluster ?? defaults.cluster,
        kubernetes: kubernetes ?? config?.kubernetes ?? defaults.kubernetes,
        severities: config?.rules ?? {},
      };
    },
    scope: (path) => configs.scopeOf(path),
    patch: (path) => patches.has(path),
    old: (_, resource) => sameObject(before, resource),
  };
}

function oldObjects(path: string) {
  const result = readText(path);
  if ("why" in result) throw new UsageError(`--old ${path}: ${result.why}`);
  return objectsOf(result.text);
}

/** Writes the file with its fixes made. */
function mend(workspace: Workspace, path: string): void {
  const before = workspace.file(path)?.text;
  if (before === undefined) return;
  const text = mended(workspace, path);
  if (text === before) return;
  workspace.open(path, text);
  writeFileSync(path, text);
}

function findingsOf(workspace: Workspace, input: Found): FileFinding[] {
  const { name, path } = input;
  const file = workspace.file(path);
  if (!file) return [];
  const origin = input === stdinInput ? rendered(file, (template) => readText(template)) : undefined;
  return workspace.check(path).flatMap(({ problems, findings, crashes }, document) => {
    const [problem] = problems;
    if (problem)
      terminal.complain(`kube-ipv6: ${name}:${file.position(document, problem.start).line + 1}: ${inPart(problem)}`);
    for (const { rule, message } of crashes) terminal.complain(`kube-ipv6: rule ${rule} failed on ${name}: ${message}`);
    return findings.map((finding) => {
      const found = toFileFinding(name, file, document, finding);
      return origin?.(found) ?? found;
    });
  });
}

/** Broken YAML is for other tools to mend; here it says why little or nothing is said. */
function inPart({ message }: { readonly message: string }): string {
  return message.includes("left out") ? message : `read in part only, since the YAML is broken: ${message}`;
}

function sift(findings: readonly FileFinding[], path: string): readonly FileFinding[] {
  const result = readText(path);
  if ("why" in result) throw new UsageError(`--baseline ${path}: ${result.why}`);
  const fresh = beyondBaseline(findings, result.text);
  if (!fresh) throw new UsageError(`--baseline ${path}: this is no baseline; --write-baseline writes one`);
  return fresh;
}

function summary(findings: readonly FileFinding[], files: number): string {
  const { error, warning, information } = counts(findings);
  return `${many(files, "file")}: ${many(error, "error")}, ${many(warning, "warning")}, ${many(information, "hint")}`;
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
