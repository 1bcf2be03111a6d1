import { parseDocument } from "../manifest/document.ts";
import type { Field } from "../manifest/field.ts";
import { folderOf, type IsTop, type ReadFile } from "./config-files.ts";

/** {@link https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/} */
export const kustomizations: readonly string[] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/**
 * Which files are patches: a `kustomization.yaml` in their folder, or in one of the two above, names them under `patches`.
 * What a patch leaves out stands in the object it is merged into. Paths as in {@link Configs}.
 */
export class Patches {
  readonly #read: ReadFile;
  readonly #isTop: IsTop;
  readonly #byFolder = new Map<string, ReadonlySet<string>>();
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
    let folder = folderOf(path);
    for (let up = 0; up < 3; up++) {
      if (this.#in(folder).has(path)) return true;
      if (this.#isTop(folder)) return false;
      folder = folderOf(folder);
    }
    return false;
  }

  /** The files are read anew when asked for. */
  forget(): void {
    this.#byFolder.clear();
    this.#problems.length = 0;
  }

  #in(folder: string): ReadonlySet<string> {
    let named = this.#byFolder.get(folder);
    if (!named) {
      named = new Set(kustomizations.flatMap((name) => this.#namedBy(`${folder}/${name}`, folder)));
      this.#byFolder.set(folder, named);
    }
    return named;
  }

  #namedBy(path: string, folder: string): string[] {
    const read = this.#read(path);
    if (!read) return [];
    if ("why" in read) {
      this.#problems.push(`${path}: ${read.why}`);
      return [];
    }
    const root = parseDocument(read.text).resources[0]?.root;
    const items = (key: string): readonly Field[] => root?.get(key)?.items() ?? [];
    const fields = [
      ...[...items("patches"), ...items("patchesJson6902")].map((item) => item.get("path")),
      ...items("patchesStrategicMerge"),
    ];
    return fields.flatMap((field) => (field?.text === undefined ? [] : resolved(folder, field.text)));
  }
}

function resolved(folder: string, path: string): string {
  const parts = folder.split("/");
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
