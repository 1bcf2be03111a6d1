import { type Config, configName, parseConfig } from "./config-file.ts";

/** A file's text, or why it cannot be read; undefined if there is none. */
export type ReadFile = (path: string) => { readonly text: string } | { readonly why: string } | undefined;

export interface Located {
  /** The folder that holds the file, without a slash at its end. */
  readonly folder: string;
  readonly config: Config;
}

/** The nearest `.kube-ipv6.yaml` at or above each file's folder. Paths are absolute, their parts divided by `/`. */
export class Configs {
  readonly #read: ReadFile;
  readonly #matches: (path: string, pattern: string) => boolean;
  readonly #byFolder = new Map<string, Located | undefined>();
  readonly #problems: string[] = [];

  constructor(read: ReadFile, matches: (path: string, pattern: string) => boolean) {
    this.#read = read;
    this.#matches = matches;
  }

  /** What is wrong with the files read so far, in sentences that name them. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  of(path: string): Located | undefined {
    return this.#in(folderOf(path));
  }

  excludes(path: string): boolean {
    const located = this.of(path);
    if (!located) return false;
    const inside = path.slice(located.folder.length + 1);
    return located.config.exclude.some((pattern) => this.#matches(inside, pattern));
  }

  /** Files whose prefixes are held against each other have the same scope: their folder, or that of a `oneCluster` setting. */
  scopeOf(path: string): string {
    const located = this.of(path);
    return located?.config.oneCluster ? located.folder : folderOf(path);
  }

  /** The files are read anew when asked for. */
  forget(): void {
    this.#byFolder.clear();
    this.#problems.length = 0;
  }

  #in(folder: string): Located | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const parent = folderOf(folder);
    const located = this.#at(folder) ?? (parent === folder ? undefined : this.#in(parent));
    this.#byFolder.set(folder, located);
    return located;
  }

  #at(folder: string): Located | undefined {
    const path = `${folder}/${configName}`;
    const read = this.#read(path);
    if (!read) return undefined;
    if ("why" in read) {
      this.#problems.push(`${path}: ${read.why}`);
      return undefined;
    }
    const { config, problems } = parseConfig(read.text);
    this.#problems.push(...problems.map((problem) => `${folder}: ${problem}`));
    return { folder, config };
  }
}

/** What stands before the last slash; the path itself where there is none. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? path : path.slice(0, slash);
}
