import { folderOf } from "../lint/config-files.ts";
import { inlineParts } from "./build.ts";
import type { Files } from "./files.ts";
import { generatedFiles, type Kustomization } from "./kustomization.ts";
import { type BuiltPart, partAt, partText } from "./parts.ts";

/** A kustomization that no other names, and what goes into it. */
export interface Root {
  readonly folder: string;
  /** Itself and the kustomizations, manifests, patches and files that it names, and those that these name. */
  readonly files: ReadonlySet<string>;
  /** What matches the text of a document that it may write into, so that it matters what objects are there; undefined if it writes into none. */
  readonly writesInto: RegExp | undefined;
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
    const written = new Set<string>();
    const open = [folder];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const kustomization = folders.has(next) ? undefined : this.#files.kustomization(next);
      if (!kustomization) continue;
      folders.add(next);
      for (const kind of writtenKinds(kustomization, (path) => this.#files.patch(next, path))) written.add(kind);
      for (const file of this.#filesOf(next, kustomization)) files.add(file);
      open.push(...this.#inner(next));
    }
    const alone = folders.size === 1 && [...files].every((file) => folderOf(file) === folder);
    const { unknown = [], root, resources = [] } = this.#files.kustomization(folder) ?? {};
    const here = resources.every(({ text = "" }) => this.#files.path(folder, text) !== undefined);
    const plain = alone && here && written.size === 0 && unknown.length === 0 && !root?.has("configMapGenerator");
    return { folder, files, writesInto: written.size === 0 ? undefined : textOf(written), plain };
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

const any = "";

/** The kinds of objects that it may write into, in the forms that they are written in; {@link any} where they cannot be told. */
function writtenKinds(
  { root, from, patches, lastPatches }: Kustomization,
  read: (path: string | undefined) => readonly BuiltPart[] | undefined,
): readonly string[] {
  const generators = root.get("configMapGenerator")?.items() ?? [];
  const merges = generators.some((generator) => generator.has("behavior"));
  const kinds = [...patches, ...lastPatches].flatMap(({ path, inline, target }) => {
    if (target) return [target.get("kind")?.text ?? any];
    const parts = inline ? inlineParts(inline, from) : read(path?.text);
    // One that cannot be read is made of nothing.
    return (parts ?? []).map((part) => partText(partAt(part, ["kind"])) ?? any);
  });
  return [
    ...kinds.map((kind) => (/^[A-Z][A-Za-z0-9]*$/.test(kind) ? kind : any)),
    ...(merges ? ["ConfigMap"] : []),
    ...(root.has("replacements") ? [any] : []),
  ];
}

function textOf(kinds: ReadonlySet<string>): RegExp {
  return kinds.has(any) ? /(?:)/ : new RegExp(`\\bkind["']?: *["']?(?:${[...kinds].join("|")})\\b`);
}
