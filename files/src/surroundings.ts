import { existsSync, lstatSync, realpathSync } from "node:fs";
import { configName } from "#core/lint/config-file.ts";
import { folderOf } from "#core/lint/config-files.ts";
import { kustomizations } from "#core/lint/kustomize-patches.ts";
import { withBytes } from "./lent.ts";
import { asManifest, asSettings, fileKindOf, type How, type Why } from "./open.ts";
import { reason } from "./reason.ts";

/**
 * What lies around manifests and says how they are to be judged, read as what it is: data of whoever wrote the repository. Paths are
 * absolute, their parts divided by `/`.
 */
export class Surroundings {
  #given: ReadonlySet<string>;
  readonly #repositories = new Map<string, boolean>();
  readonly #inside = new Map<string, boolean>();

  /** `given`: the folders that somebody asked for. */
  constructor(given: readonly string[] = []) {
    this.#given = new Set(given);
  }

  /** Others were asked for, or there is a new repository. */
  look(given: readonly string[]): void {
    this.#given = new Set(given);
    this.#repositories.clear();
    this.#inside.clear();
  }

  /**
   * Nothing above is looked for: the folder is that of a repository, or in none and the outermost that was asked for. What lies
   * further up belongs to somebody else, as everything does in a shared folder for temporary files.
   */
  readonly isTop = (folder: string): boolean => {
    if (folderOf(folder) === folder || folder === "" || this.#isRepository(folder)) return true;
    return !this.#isInside(folder);
  };

  /** The text of settings, or of what a kustomization names; undefined if there is no such file. A link is followed to a file of the same repository alone. */
  readonly read = (path: string): { readonly text: string } | Why | undefined =>
    this.lend(path, (bytes) => ({ text: bytes.toString("utf8") }));

  /** What is made of its bytes, which are lent until `make` returns. */
  lend<T>(path: string, make: (bytes: Buffer) => T): T | Why | undefined {
    try {
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (!stat) return undefined;
      if (!stat.isSymbolicLink()) return stat.isFile() ? withBytes(path, howOf(path), make) : { why: fileKindOf(stat) };
      const [real, top] = [realpathSync.native(path), realpathSync.native(this.#topOf(folderOf(path)) || "/")];
      return real.startsWith(top.endsWith("/") ? top : `${top}/`)
        ? withBytes(real, howOf(path), make)
        : { why: "it is a link that leads out of the repository" };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
      return { why: reason(error) };
    }
  }

  #topOf(folder: string): string {
    let top = folder;
    while (!this.isTop(top)) top = folderOf(top);
    return top;
  }

  #isRepository(folder: string): boolean {
    let found = this.#repositories.get(folder);
    if (found === undefined) {
      found = existsSync(`${folder}/.git`);
      this.#repositories.set(folder, found);
    }
    return found;
  }

  /** Below a repository's folder, or below one that was asked for. */
  #isInside(folder: string): boolean {
    let found = this.#inside.get(folder);
    if (found === undefined) {
      const parent = folderOf(folder);
      const ends = parent === folder || folder === "";
      found = !ends && (this.#given.has(parent) || this.#isRepository(parent) || this.#isInside(parent));
      this.#inside.set(folder, found);
    }
    return found;
  }
}

/** What is built may be as large as what is read by itself. */
function howOf(path: string): How {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name === configName || kustomizations.includes(name) ? asSettings : asManifest;
}
