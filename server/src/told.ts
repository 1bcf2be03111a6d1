import { folderOf } from "#core/lint/config-files.ts";
import { isManifest } from "#core/manifest/program-file.ts";
import type { Store } from "./store.ts";

/** The files of folders that are on no disk, as the client has told of them: of a repository that was never cloned. */
export class ToldFiles implements Store {
  readonly #texts = new Map<string, string>();
  #folders: readonly string[] = [];

  /** `text` is null for a file that is gone. */
  set(name: string, text: string | null): void {
    if (text === null) this.#texts.delete(name);
    else this.#texts.set(name, text);
  }

  look(folders: readonly string[]): void {
    this.#folders = folders;
    for (const name of [...this.#texts.keys()])
      if (!folders.some((folder) => inside(folder, name))) this.#texts.delete(name);
  }

  readonly isTop = (folder: string): boolean =>
    folderOf(folder) === folder || !this.#folders.some((given) => inside(given, folder));

  readonly read = (name: string): { readonly text: string } | undefined => {
    const text = this.#texts.get(name);
    return text === undefined ? undefined : { text };
  };

  *below(folder: string): Generator<string | undefined> {
    for (const name of this.#texts.keys()) yield this.isBelow(folder, name) ? name : undefined;
  }

  isBelow(folder: string, name: string): boolean {
    return inside(folder, name) && isManifest(name);
  }

  // biome-ignore lint/correctness/useYield: it stands there already.
  *taking(name: string): ReturnType<Store["taking"]> {
    return this.#texts.get(name);
  }
}

function inside(folder: string, name: string): boolean {
  return name.startsWith(`${folder}/`);
}
