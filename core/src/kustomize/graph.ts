import { folderOf } from "../lint/config-files.ts";
import { holdsWord } from "../lint/left-out.ts";
import type { Document } from "../manifest/document.ts";
import type { Files, WritesInto } from "./files.ts";
import { type AppliedFolder, appliedFolders } from "./flux.ts";
import type { FluxFiles } from "./flux-files.ts";
import { fillsAddresses } from "./flux-variables.ts";
import { generatedFiles, type Kustomization, type NamedPatch } from "./kustomization.ts";
import { type MeantObject, mayStandIn, patchedObjects, writtenObjects } from "./written-objects.ts";

/** A kustomization that no other names, or that Flux applies, and what goes into it. */
export interface Root {
  /** What no other has. */
  readonly key: string;
  readonly folder: string;
  /** By what it is applied; several may apply one folder. */
  readonly applied?: AppliedFolder;
  /** Itself and the kustomizations, manifests, patches and files that it names, and those that these name. */
  readonly files: ReadonlySet<string>;
  /** Whether it may write into what stands in the text of a document, so that it matters what objects are there. */
  readonly writesInto: WritesInto | undefined;
  /** The files of one folder as they stand, and nothing else. */
  readonly plain: boolean;
}

/** Which kustomizations name which files. */
export class Graph {
  readonly #files: Files;
  readonly #flux: FluxFiles;
  readonly #known = new Set<string>();
  #roots: ReadonlyMap<string, readonly Root[]> | undefined;
  /** The files that go into the build of a folder, while it is found out what Flux applies. */
  readonly #within = new Map<string, ReadonlySet<string>>();
  /** By files that go into no build, but say what becomes of it. */
  #resting: ReadonlyMap<string, readonly Root[]> = new Map();

  constructor(files: Files, flux: FluxFiles) {
    this.#files = files;
    this.#flux = flux;
  }

  /** There is a kustomization. */
  know(path: string): void {
    if (this.#known.has(folderOf(path))) return;
    this.#known.add(folderOf(path));
    this.#roots = undefined;
  }

  /** One that may have changed. */
  forget(): void {
    this.#roots = undefined;
    this.#within.clear();
  }

  /** There is a kustomization, or there may be one of Flux. */
  get isKnown(): boolean {
    return this.#known.size > 0 || this.#flux.isLikely;
  }

  get isRead(): boolean {
    return this.#roots !== undefined;
  }

  /** Those that a file goes into. */
  rootsOf(path: string): readonly Root[] {
    this.#roots ??= this.#read();
    return this.#roots.get(path) ?? [];
  }

  /** Those for which a file says what becomes of them, though it does not go into them. */
  restingOn(path: string): readonly Root[] {
    return this.#resting.get(path) ?? [];
  }

  #read(): ReadonlyMap<string, readonly Root[]> {
    const named = new Set<string>();
    const there = [...this.#known].filter((folder) => this.#files.kustomization(folder));
    for (const folder of there) for (const inner of this.#inner(folder)) if (inner !== folder) named.add(inner);
    const applied = this.#flux.isLikely
      ? appliedFolders(this.#files, this.#flux, there, (folder) => this.#filesIn(folder))
      : [];
    const byFlux = new Set(applied.map(({ folder }) => folder));
    const alone = there.filter(
      (folder) => !named.has(folder) && !byFlux.has(folder) && !this.#files.kustomization(folder)?.isComponent,
    );
    const roots = [...alone.map((folder) => this.#root(folder)), ...applied.map((one) => this.#root(one.folder, one))];
    const byFile = new Map<string, Root[]>();
    const resting = new Map<string, Root[]>();
    for (const root of roots) {
      for (const file of root.files) byFile.set(file, [...(byFile.get(file) ?? []), root]);
      for (const file of root.applied?.rests ?? []) resting.set(file, [...(resting.get(file) ?? []), root]);
    }
    this.#resting = resting;
    return byFile;
  }

  #filesIn(folder: string): ReadonlySet<string> {
    const known = this.#within.get(folder) ?? this.#root(folder).files;
    this.#within.set(folder, known);
    return known;
  }

  #root(folder: string, by?: AppliedFolder): Root {
    const files = new Set<string>();
    const folders = new Set<string>();
    const patches = by?.flux.patches.filter((patch) => this.#concerns(patch)) ?? [];
    const written: MeantObject[] = by ? [...patchedObjects(patches, by.flux.from, () => undefined)] : [];
    for (const { from } of patches) if (from) files.add(from.file);
    const kustomizations: Kustomization[] = [];
    const open = [folder, ...this.#componentsOf(by)];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const kustomization = folders.has(next) ? undefined : this.#files.kustomization(next);
      if (!kustomization) continue;
      folders.add(next);
      kustomizations.push(kustomization);
      written.push(...writtenObjects(kustomization, (path) => this.#files.patch(next, path)));
      for (const file of this.#filesOf(next, kustomization)) files.add(file);
      open.push(...this.#inner(next));
    }
    const alone = folders.size === 1 && [...files].every((file) => folderOf(file) === folder);
    const { unknown = [], root, resources = [] } = this.#files.kustomization(folder) ?? {};
    const here = resources.every(({ text = "" }) => this.#files.path(folder, text) !== undefined);
    const values = by?.values;
    const filled =
      values !== undefined && [...files].some((file) => fillsAddresses(this.#files.textOf(file) ?? "", values));
    const plain =
      alone && here && written.length === 0 && !filled && unknown.length === 0 && !root?.has("configMapGenerator");
    const meant = written.length === 0 ? undefined : mayStandIn(written, kustomizations);
    const writesInto = filled ? (one: Document) => holdsWord(one, "${") || meant?.(one) === true : meant;
    const made = { key: by?.key ?? folder, folder, files, writesInto, plain };
    const flux = by && { ...by.flux, patches };
    return flux ? { ...made, applied: { ...by, flux, values: filled ? values : undefined } } : made;
  }

  /** What Flux patches for its own sake (how often it tries, what it decrypts with) says nothing. */
  #concerns({ inline, target }: NamedPatch): boolean {
    const text = inline?.text;
    if (text === undefined || /\$patch|op:\s*remove|null/.test(text)) return true;
    const kind = target?.get("kind")?.text;
    return this.#files.concerns(kind === undefined ? text : `kind: ${kind}\n${text.replace(/^kind:.*$/m, "")}`);
  }

  #componentsOf(applied: AppliedFolder | undefined): readonly string[] {
    return (applied?.flux.components ?? []).flatMap((named) => this.#files.folder(applied?.folder ?? "", named) ?? []);
  }

  #inner(folder: string): readonly string[] {
    const kustomization = this.#files.kustomization(folder);
    const named = kustomization ? [...kustomization.resources, ...kustomization.components] : [];
    return named.flatMap(({ text }) => (text === undefined ? [] : (this.#files.folder(folder, text) ?? [])));
  }

  #filesOf(folder: string, kustomization: Kustomization): readonly string[] {
    const patches = [...kustomization.patches, ...kustomization.lastPatches];
    const named = [
      ...kustomization.resources.map(({ text }) => text),
      ...patches.map(({ path }) => path?.text),
      ...generatedFiles(kustomization),
    ];
    const paths = named.flatMap((text) => (text === undefined ? [] : (this.#files.path(folder, text) ?? [])));
    return [kustomization.from.file, ...paths];
  }
}
