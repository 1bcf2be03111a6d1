import { Configs } from "#core/lint/config-files.ts";
import { Patches } from "#core/lint/kustomize-patches.ts";
import { counts } from "#core/report/lint.ts";
import { sentenceOf, type Unjudged } from "#core/report/unjudged.ts";
import { type FoundFile, findFiles, surroundingsOf } from "../../files.ts";
import { judgeFile, opener, stdinInput, workspaceOf } from "../../judge.ts";
import { lintSettings } from "../../lint-settings.ts";
import { givenName, givenPaths } from "../given-manifests.ts";
import { type Served, type ToolArguments, text } from "../tool.ts";

export const tool: Served = {
  async ask(given) {
    const { found, unjudged, files } = check(given);
    const weight = { error: 0, warning: 1, information: 2 };
    const wanted = found.filter(({ severity }) => weight[severity] <= weight[failOn(given)]);
    const rest = found.length - wanted.length;
    const { error, warning, information } = counts(found);
    return {
      verdict: wanted.length > 0 ? "findings" : unjudged.length > 0 || files === 0 ? "unknown" : "clean",
      ours: [
        `${files} files judged`,
        `${error} errors, ${warning} warnings, ${information} hints`,
        ...(rest > 0 ? [`${rest} below fail-on are not listed`] : []),
        ...[...new Set(wanted.map(({ rule }) => rule))].slice(0, 5).map((rule) => `rule ${rule}`),
        "kubectl apply --dry-run=server -f FILE asks the API server what it says itself",
      ],
      head: {},
      lists: [
        ["findings", wanted.sort((a, b) => weight[a.severity] - weight[b.severity]).map(shown)],
        ["notJudged", unjudged.map(sentenceOf)],
      ],
    };
  },
};

function failOn(given: ToolArguments): "error" | "warning" | "information" {
  const said = text(given, "fail-on");
  return said === "error" || said === "warning" ? said : "information";
}

function check(given: ToolArguments) {
  const paths = givenPaths(given);
  const manifest = text(given, "manifest");
  const around = surroundingsOf(paths);
  const configs = new Configs(around.read, around.isTop);
  const patches = new Patches(around.read, around.isTop);
  const search = findFiles(paths, configs);
  const settings = lintSettings(given as Parameters<typeof lintSettings>[0], configs, patches, []);
  const judging = workspaceOf(search, settings, around);
  const { workspace } = judging;
  const inputs = manifest === undefined ? search.found : [stdinInput];
  const unjudged: Unjudged[] = search.missed.map(({ name, why }) => ({ file: name, message: missed(why) }));
  const open = opener(judging, manifest === undefined ? undefined : Buffer.from(manifest), patches);
  const judged: FoundFile[] = [];
  for (const input of inputs) {
    const why = open(input);
    if (why === undefined) judged.push(input);
    else unjudged.push({ file: input.name, message: missed(why) });
  }
  const found = judged.flatMap((input) => {
    const checked = workspace.check(input.path);
    const { findings, unjudged: parts } = judgeFile(workspace, input, around, new Set(), checked);
    const fixes = checked.flatMap((one) => one.findings.map((finding) => finding.fixes[0]?.title));
    unjudged.push(...parts);
    return findings.map((finding, index) => ({ ...finding, title: fixes[index] }));
  });
  unjudged.push(...[...configs.problems, ...patches.problems].map((message) => ({ message })));
  return { found, unjudged, files: judged.length };
}

function missed(why: string): string {
  return `was not looked at: ${why}`;
}

type Shown = ReturnType<typeof check>["found"][number];

/** Lines and columns are counted from 1, as editors and people do. */
function shown({ file, range: { start }, severity, rule, kind, name, path, message, title }: Shown): object {
  const place = `${file === stdinInput.name ? givenName : file}:${start.line + 1}:${start.character + 1}`;
  const what = [kind, name].filter((word) => word !== "").join("/");
  return { place, severity, rule, what, path, message, ...(title === undefined ? {} : { fix: title }) };
}
