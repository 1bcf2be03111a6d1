import { folderOf } from "../lint/config-files.ts";
import type { Files, WritesInto } from "./files.ts";
import { generatedFiles, type Kustomization } from "./kustomization.ts";
import { type MeantObject, mayStandIn, writtenObjects } from "./written-objects.ts";

/** A kustomization that no other names, and what goes into it. */
export interface Root {
  readonly folder: string;
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
  readonly #known = new Set<string>();
  #roots: ReadonlyMap<string, readonly Root[]> | undefined;

  constructor(files: Files) {
    this.#files = files;
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
  }

  get isRead(): boolean {
    return this.#roots !== undefined;
  }

  /** Those that a file goes into. */
  rootsOf(path: string): readonly Root[] {
    this.#roots ??= this.#read();
    return this.#roots.get(path) ?? [];
  }

  #read(): ReadonlyMap<string, readonly Root[]> {
    const named = new Set<string>();
    const there = [...this.#known].filter((folder) => this.#files.kustomization(folder));
    for (const folder of there) for (const inner of this.#inner(folder)) if (inner !== folder) named.add(inner);
    const byFile = new Map<string, Root[]>();
    for (const folder of there) {
      if (named.has(folder) || this.#files.kustomization(folder)?.isComponent) continue;
      const root = this.#root(folder);
      for (const file of root.files) byFile.set(file, [...(byFile.get(file) ?? []), root]);
    }
    return byFile;
  }

  #root(folder: string): Root {
    const files = new Set<string>();
    const folders = new Set<string>();
    const written: MeantObject[] = [];
    const kustomizations: Kustomization[] = [];
    const open = [folder];
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
    const plain = alone && here && written.length === 0 && unknown.length === 0 && !root?.has("configMapGenerator");
    const writesInto = written.length === 0 ? undefined : mayStandIn(written, kustomizations);
    return { folder, files, writesInto, plain };
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
