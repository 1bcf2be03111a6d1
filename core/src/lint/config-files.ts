import { type Config, configName, parseConfig } from "./config-file.ts";
import { matchesGlob } from "./glob.ts";

/** A file's text, or why it cannot be read; undefined if there is none. */
export type ReadFile = (path: string) => { readonly text: string } | { readonly why: string } | undefined;

/** The folder of a repository, above which nothing is looked for: what lies there is somebody else's. */
export type IsTop = (folder: string) => boolean;

export interface Located {
  /** The folder that holds the file, without a slash at its end. */
  readonly folder: string;
  readonly config: Config;
}

/** The nearest `.kube-ipv6.yaml` at or above each file's folder. Paths are absolute, their parts divided by `/`. */
export class Configs {
  readonly #read: ReadFile;
  readonly #isTop: IsTop;
  readonly #byFolder = new Map<string, Located | undefined>();
  readonly #problems: string[] = [];
  readonly #unread: string[] = [];

  constructor(read: ReadFile, isTop: IsTop = () => false) {
    this.#read = read;
    this.#isTop = isTop;
  }

  /** What is wrong with the files read so far, in sentences that name them. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Those among them that say that a file was not read. */
  get unread(): readonly string[] {
    return this.#unread;
  }

  of(path: string): Located | undefined {
    return this.#in(folderOf(path));
  }

  excludes(path: string): boolean {
    const located = this.of(path);
    if (!located) return false;
    const inside = path.slice(located.folder.length + 1);
    return located.config.exclude.some((pattern) => matchesGlob(inside, pattern));
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
    this.#unread.length = 0;
  }

  #in(folder: string): Located | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const parent = folderOf(folder);
    const located = this.#at(folder) ?? (parent === folder || this.#isTop(folder) ? undefined : this.#in(parent));
    this.#byFolder.set(folder, located);
    return located;
  }

  #at(folder: string): Located | undefined {
    const path = `${folder}/${configName}`;
    const read = this.#read(path);
    if (!read) return undefined;
    if ("why" in read) {
      this.#problems.push(`${path}: ${read.why}`);
      this.#unread.push(`${path}: ${read.why}`);
      return undefined;
    }
    const { config, problems } = parseConfig(read.text);
    this.#problems.push(...problems.slice(0, told).map(({ message }) => `${folder}: ${message}`));
    if (problems.length > told) this.#problems.push(`${path}: ${problems.length - told} mistakes more`);
    return { folder, config };
  }
}

/** Mistakes of one file. */
const told = 20;

/** What stands before the last slash; the path itself where there is none. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? path : path.slice(0, slash);
}
