import type { Checked } from "../lint/checked-document.ts";
import { folderOf, type IsTop, type ReadFile } from "../lint/config-files.ts";
import { kustomizations } from "../lint/kustomize-patches.ts";
import { Interest } from "../lint/relevance.ts";
import type { Finding, NamedRule } from "../lint/rule.ts";
import type { BuiltWith, Settings } from "../lint/settings.ts";
import { Workspace } from "../lint/workspace.ts";
import type { Document } from "../manifest/document.ts";
import type { ManifestFile } from "../manifest/file.ts";
import { Alone } from "./alone.ts";
import { asWritten } from "./built-words.ts";
import { Files, type LookAt } from "./files.ts";
import { FluxFiles } from "./flux-files.ts";
import { Graph, type Root } from "./graph.ts";
import { type BuiltFinding, type JudgedBuild, judging } from "./judged-build.ts";
import { sourceKey } from "./source.ts";

/**
 * What is to be said of files that kustomizations build into something: of the objects as they are built, each build by itself. A file
 * that goes into several is wrong where it is wrong in one of them. Paths as in {@link Configs}.
 */
export class Builds implements BuiltWith {
  readonly #files: Files;
  readonly #flux: FluxFiles;
  readonly #graph: Graph;
  readonly #workspace: Workspace;
  readonly #settings: () => Settings;
  readonly #judged = new Map<string, JudgedBuild>();
  readonly #merged = new WeakMap<Checked, Merged>();
  /** Files that changed while nobody knew what they go into: a workspace is read one file after the other. */
  readonly #waiting = new Set<string>();

  /** `open`: the files of the workspace, as they are edited. */
  constructor(
    rules: readonly NamedRule[],
    settings: () => Settings,
    open: (path: string) => ManifestFile | undefined,
    read: ReadFile,
    isTop: IsTop = () => false,
    look?: LookAt,
  ) {
    this.#settings = settings;
    const { cluster, kubernetes } = settings();
    const ofFile = (name: string) => name.split("\n").findLast((part) => part !== "") ?? name;
    this.#workspace = new Workspace(rules, {
      cluster,
      kubernetes,
      shares: true,
      of: (name) => ({ ...(settings().of?.(ofFile(name)) ?? settings()), severities: {} }),
      scope: (name) => (name.endsWith("\n") ? name : (name.split("\n")[0] ?? name)),
      completed: (name) => settings().completed?.(ofFile(name)) ?? false,
    });
    this.#files = new Files(Interest.of(rules), open, read, isTop, look);
    this.#flux = new FluxFiles(this.#files);
    this.#graph = new Graph(this.#files, this.#flux);
  }

  /** Files that are there; those that are no kustomizations say nothing. */
  know(path: string): void {
    if (isKustomization(path)) this.#graph.know(path);
    this.#flux.know(path);
  }

  /** Variables in files may be filled in, so that of those something may be said of which nothing is to be said as they stand. */
  get fills(): boolean {
    return this.#flux.isLikely;
  }

  /** A file may go into a build. */
  get builds(): boolean {
    return this.#graph.isKnown;
  }

  /** No rule has anything to say of a file. */
  leftOut(path: string, documents: readonly Document[]): void {
    this.#files.leftOut(path, documents);
  }

  /** The documents of a file that was read for a build already, if they are kept. */
  read(path: string): readonly Document[] | undefined {
    return this.#files.read(path);
  }

  /** Everything is looked at anew. */
  forget(): void {
    this.#files.clear();
    this.#judged.clear();
    this.#graph.forget();
  }

  touched(path: string): readonly string[] {
    if (this.#files.isSame(path)) return [];
    if (!this.#graph.isRead) {
      this.#files.forget(path);
      this.#waiting.add(path);
      return [];
    }
    const roots = new Map<string, Root>();
    const find = () => {
      for (const root of [...this.#graph.rootsOf(path), ...this.#graph.restingOn(path)]) roots.set(root.key, root);
    };
    find();
    this.#files.forget(path);
    if (this.#flux.forget(path) || isKustomization(path)) this.#graph.forget();
    for (const _ of this.#flux.looking());
    find();
    for (const key of roots.keys()) this.#judged.delete(key);
    return [...new Set([...roots.values()].flatMap(({ files }) => [...files]))].filter((file) => file !== path);
  }

  /** Builds what a file goes into, in small steps. */
  *building(path: string): Generator<undefined> {
    if (this.#flux.waits && (yield* this.#flux.looking())) this.#graph.forget();
    for (const root of this.#rootsOf(path))
      if (!this.#judged.has(root.key)) this.#judged.set(root.key, yield* judging(root, this.#files, this.#workspace));
  }

  said(path: string, all: readonly Checked[]): readonly Checked[] {
    // What was changed since then is looked at again before it is asked for.
    const builds = this.#rootsOf(path).flatMap(({ key }) => this.#judged.get(key) ?? []);
    if (builds.length === 0) return all;
    const { scope } = this.#settings();
    // Whoever says that all of a folder is one cluster means more than what is built together.
    const oneCluster = scope !== undefined && scope(path) !== folderOf(path);
    const alone = new Alone(this.#files, this.#workspace);
    return all.map((checked, document) => {
      const key = sourceKey({ file: path, document });
      const own = builds.filter(({ of }) => of.has(key));
      if (own.length === 0) return checked;
      const known = this.#merged.get(checked);
      if (known && known.of.length === own.length && known.of.every((one, index) => one === own[index]))
        return known.made;
      const isOthers = (finding: Finding) => oneCluster && !alone.says(finding.rule, { file: path, document }, finding);
      const made = merge(checked, key, own, isOthers);
      this.#merged.set(checked, { of: own, made });
      return made;
    });
  }

  /** What is plain is said already. */
  #rootsOf(path: string): readonly Root[] {
    for (const file of this.#waiting)
      for (const { key } of [...this.#graph.rootsOf(file), ...this.#graph.restingOn(file)]) this.#judged.delete(key);
    this.#waiting.clear();
    return this.#graph.rootsOf(path).filter(({ plain }) => !plain);
  }
}

interface Merged {
  readonly of: readonly JudgedBuild[];
  readonly made: Checked;
}

function isKustomization(path: string): boolean {
  return kustomizations.includes(path.slice(path.lastIndexOf("/") + 1));
}

/**
 * The findings of a document by itself, as far as they hold in a build, and those of the builds. `isOthers`: it is said for the sake of
 * files that may be in no build.
 */
function merge(
  checked: Checked,
  key: string,
  builds: readonly JudgedBuild[],
  isOthers: (finding: Finding) => boolean,
): Checked {
  const built = builds.flatMap((build) => (build.findings.get(key) ?? []).map((one) => ({ one, build })));
  const isSure = builds.every(({ sure }) => sure);
  // What a patch is for is not known where not everything is.
  const isPatch = builds.some(({ sure, homes }) => !sure && !homes.has(key));
  const changed = isSure && builds.some((build) => build.changed.has(key));
  const kept = checked.findings.filter(
    (finding) =>
      isPatch ||
      (!checked.asking.has(finding.rule) && (!changed || isOfText(finding))) ||
      built.some(({ one }) => isSame(finding, one)) ||
      isOthers(finding),
  );
  const more = new Map<string, (typeof built)[number]>();
  for (const each of built)
    if (isCertain(each.one, each.build) && !checked.findings.some((finding) => isSame(finding, each.one)))
      more.set(`${each.one.finding.rule} ${each.one.start}`, each);
  if (more.size === 0 && kept.length === checked.findings.length) return checked;
  const added = [...more.values()].map(({ one, build }) => asWritten(one, build));
  return { ...checked, findings: [...kept, ...added].sort((a, b) => a.start - b.start || a.end - b.end) };
}

/** Where there may be more than is known, what is filled in is said all the same by rules that ask for nothing else. */
function isCertain({ filled = [], asking }: BuiltFinding, { sure, clear }: JudgedBuild): boolean {
  return sure || (clear && filled.length > 0 && !asking);
}

/** What is built has lost how it was spelt, and of a kustomization it has what it writes into objects. */
function isOfText({ rule, kind, path }: Finding): boolean {
  return rule.startsWith("yaml-") || (kind === "Kustomization" && !/^(?:patches|configMapGenerator)/.test(path));
}

function isSame(finding: Finding, { finding: other, start, end }: BuiltFinding): boolean {
  return finding.rule === other.rule && (finding.start === start || (finding.start < end && start < finding.end));
}
