import { Builds } from "#core/kustomize/builds.ts";
import type { Checked } from "#core/lint/checked-document.ts";
import type { Patches } from "#core/lint/kustomize-patches.ts";
import { LeftOut } from "#core/lint/left-out.ts";
import { Prefilter, saysNothing } from "#core/lint/prefilter.ts";
import type { Finding } from "#core/lint/rule.ts";
import type { Settings } from "#core/lint/settings.ts";
import { Workspace } from "#core/lint/workspace.ts";
import type { Document } from "#core/manifest/document.ts";
import { rendered } from "#core/report/helm-source.ts";
import { type FileFinding, toFileFinding } from "#core/report/lint.ts";
import { readInPart, type Unjudged } from "#core/report/unjudged.ts";
import { rules } from "#core/rules/index.ts";
import { slashed } from "#files/slashed.ts";
import type { Surroundings } from "#files/surroundings.ts";
import { type FileSearch, type FoundFile, withBytesOf } from "./files.ts";
import { brokenAnyway } from "./read-documents.ts";

export const stdinInput: FoundFile = { name: "<stdin>", path: "<stdin>", named: true };

/** Judges files by themselves and, where kustomizations among them build them into something, by that. */
export function workspaceOf({ found }: Pick<FileSearch, "found">, settings: Settings, around: Surroundings) {
  const { read, isTop } = around;
  const again = (path: string) => () => {
    const text = read(path);
    return text && "text" in text ? text.text : "";
  };
  const builds = new Builds(
    rules,
    () => settings,
    (path) => workspace.file(path),
    read,
    isTop,
    (path) => {
      const read = around.lend(path, (bytes) => ({
        documents: prefilter.documents(bytes, { fills: workspace.fills, again: again(path) }),
      }));
      return read && "documents" in read ? read.documents : undefined;
    },
  );
  for (const { path } of found) builds.know(path);
  const workspace: Workspace = new Workspace(rules, { ...settings, builds });
  const prefilter = new Prefilter(rules);
  return { workspace, builds, prefilter, again };
}

const tooMuch = "the files beside it hold as much as is held against each other at once; judge it by itself";

/** Reads what rules can have something to say about into the workspace; says why if a file cannot be read. */
export function opener(
  { workspace, builds, prefilter, again }: ReturnType<typeof workspaceOf>,
  stdinText: Buffer | undefined,
  patches: Patches,
) {
  return (input: FoundFile): string | undefined => {
    const held = (content: string | readonly Document[]) => {
      if (typeof content !== "string" && !workspace.hasRoom(content)) return tooMuch;
      workspace.open(input.path, content);
      return undefined;
    };
    const { path: name } = input;
    const patch = patches.has(name);
    const isBuilt = !input.named && !patch && builds.builds;
    const known = isBuilt ? builds.read(name) : undefined;
    if (known) {
      return known.every(saysNothing) ? undefined : held(known);
    }
    const of = { name, patch, fills: workspace.fills, ...(isBuilt ? { again: again(name) } : {}) };
    const documentsOf = (bytes: Buffer) => ({
      documents: prefilter.documents(bytes, of) ?? (input.named ? bytes.toString("utf8") : undefined),
    });
    const read = input === stdinInput && stdinText ? documentsOf(stdinText) : withBytesOf(input, documentsOf);
    if ("why" in read) return read.why;
    const { documents } = read;
    if (isBuilt && typeof documents === "object" && documents.every((one) => one instanceof LeftOut)) {
      builds.leftOut(name, documents);
      return undefined;
    }
    return documents ? held(documents) : undefined;
  };
}

/** What the rules say of a file that was opened, and what of it they were not asked or could not say. */
export function judgeFile(
  workspace: Workspace,
  input: FoundFile,
  around: Surroundings,
  fixable: ReadonlySet<Finding> = new Set(),
  all: readonly Checked[] = workspace.check(input.path),
) {
  const { name, path } = input;
  const file = workspace.file(path);
  const findings: FileFinding[] = [];
  const unjudged: Unjudged[] = [];
  if (!file) return { findings, unjudged };
  const origin = input === stdinInput ? rendered(file, (template) => templateOf(template, around)) : undefined;
  for (const [document, checked] of all.entries()) {
    // Whoever names a file wants to hear that it is broken even where there is nothing in it for a rule; of a folder not every file is parsed.
    const problem = checked.problems[0] ?? (input.named && brokenAnyway(checked.document));
    if (problem) {
      const { line } = file.position(document, problem.start);
      unjudged.push({ file: name, line, message: readInPart(problem.message, checked.document.text) });
    }
    for (const { rule, message } of checked.crashes)
      unjudged.push({ file: name, message: `was not judged by rule ${rule}, which failed: ${message.split("\n")[0]}` });
    for (const finding of checked.findings) {
      const found = toFileFinding(name, file, document, finding, fixable.has(finding));
      findings.push(origin?.(found) ?? found);
    }
  }
  return { findings, unjudged };
}

/** The output of Helm names its templates; they lie below the folder where it was rendered, or nowhere. */
function templateOf(path: string, around: Surroundings) {
  const inside = !/^[\\/]|^[A-Za-z]:|(?:^|[\\/])\.\.(?:[\\/]|$)/.test(path);
  return (inside ? around.read(`${slashed(process.cwd())}/${path}`) : undefined) ?? { why: "there is no such file" };
}
