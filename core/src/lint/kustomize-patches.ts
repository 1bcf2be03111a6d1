import { parseDocument } from "../manifest/document.ts";
import type { Field } from "../manifest/field.ts";
import { folderOf, type IsTop, type ReadFile } from "./config-files.ts";

/** {@link https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/} */
export const kustomizations: readonly string[] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

interface Folder {
  /** It has a kustomization. */
  readonly there: boolean;
  /** The files that this names as patches. */
  readonly patches: ReadonlySet<string>;
}

/**
 * Which files are patches: a `kustomization.yaml` in their folder, or in one of the two above, names them under `patches`.
 * What a patch leaves out stands in the object it is merged into. Paths as in {@link Configs}.
 */
export class Patches {
  readonly #read: ReadFile;
  readonly #isTop: IsTop;
  readonly #byFolder = new Map<string, Folder>();
  readonly #problems: string[] = [];

  constructor(read: ReadFile, isTop: IsTop = () => false) {
    this.#read = read;
    this.#isTop = isTop;
  }

  /** Those of these files that cannot be read, in sentences that name them. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  has(path: string): boolean {
    return this.#above(path).some(({ patches }) => patches.has(path));
  }

  /**
   * A kustomization stands in the file's folder or in one of the two above: it, or an overlay that names its folder from elsewhere, may
   * write into the file's objects, `labels` with `includeSelectors` a selector into a Service that has none.
   * {@link https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/labels/}
   */
  completes(path: string): boolean {
    return this.#above(path).some(({ there }) => there);
  }

  /** What the folder of a file and the two above say, the nearest first. */
  #above(path: string): readonly Folder[] {
    const above: Folder[] = [];
    let folder = folderOf(path);
    for (let up = 0; up < 3; up++) {
      above.push(this.#in(folder));
      if (this.#isTop(folder)) break;
      folder = folderOf(folder);
    }
    return above;
  }

  /** The files are read anew when asked for. */
  forget(): void {
    this.#byFolder.clear();
    this.#problems.length = 0;
  }

  #in(folder: string): Folder {
    let known = this.#byFolder.get(folder);
    if (!known) {
      const texts = kustomizations.flatMap((name) => {
        const path = `${folder}/${name}`;
        const read = this.#read(path);
        if (!read) return [];
        if (!("why" in read)) return read.text;
        this.#problems.push(`${path}: ${read.why}`);
        return [];
      });
      known = { there: texts.length > 0, patches: new Set(texts.flatMap((text) => this.#namedBy(text, folder))) };
      this.#byFolder.set(folder, known);
    }
    return known;
  }

  #namedBy(text: string, folder: string): string[] {
    if (!text.includes("patches")) return [];
    const root = parseDocument(text).resources[0]?.root;
    const items = (key: string): readonly Field[] => root?.get(key)?.items() ?? [];
    const fields = [
      ...[...items("patches"), ...items("patchesJson6902")].map((item) => item.get("path")),
      ...items("patchesStrategicMerge"),
    ];
    return fields.flatMap((field) => (field?.text === undefined ? [] : resolved(folder, field.text)));
  }
}

/** A path that is written in a folder, as one of its own. */
export function resolved(folder: string, path: string): string {
  const parts = folder.split("/");
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
