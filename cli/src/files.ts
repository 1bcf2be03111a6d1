import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, matchesGlob, relative, resolve } from "node:path";
import { type Config, configName, parseConfig } from "#core/config.ts";

export interface Found {
  /** As it was asked for, for messages. */
  readonly name: string;
  readonly path: string;
}

/** What could not be looked at, and why. */
export interface Missed {
  readonly name: string;
  readonly why: string;
}

/** Larger files are left out: no manifest of that size was written by hand. */
const largest = 20_000_000;
const skipped = new Set(["node_modules", ".git", ".terraform"]);

/** The YAML files under the given paths, folders searched in the order of names. A path given by name is taken whatever it is called. */
export function findFiles(paths: readonly string[]): {
  readonly found: readonly Found[];
  readonly missed: readonly Missed[];
} {
  const found: Found[] = [];
  const missed: Missed[] = [];
  const visit = (name: string, asked: boolean): void => {
    try {
      const stat = statSync(name);
      if (stat.isDirectory()) {
        for (const entry of readdirSync(name).sort()) if (!skipped.has(entry)) visit(join(name, entry), false);
      } else if (asked || /\.ya?ml$/.test(name)) {
        if (stat.size > largest)
          missed.push({
            name,
            why: `${Math.round(stat.size / 1e6)} MB are more than the ${largest / 1e6} MB a file may have`,
          });
        else found.push({ name, path: resolve(name) });
      }
    } catch (error) {
      // A dangling link met on the way is nobody's manifest; a path that was asked for by name has to be there.
      if (asked || (error as NodeJS.ErrnoException).code !== "ENOENT") missed.push({ name, why: reason(error) });
    }
  };
  for (const path of paths) visit(path, true);
  return { found, missed };
}

/** A file's text; undefined, with the reason, if it cannot be read or is no text. */
export function readText(path: string): { readonly text: string } | { readonly why: string } {
  try {
    const text = readFileSync(path, "utf8");
    return text.includes("\0") ? { why: "it is a binary file" } : { text };
  } catch (error) {
    return { why: reason(error) };
  }
}

export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Record<string, string> = {
    ENOENT: "there is no such file or folder",
    EACCES: "permission denied",
    EISDIR: "it is a folder",
    ELOOP: "its links go round in a circle",
  };
  return words[code ?? ""] ?? message;
}

/** The nearest `.kube-ipv6.yaml` at or above each file's folder. */
export class Configs {
  readonly problems: string[] = [];
  readonly #byFolder = new Map<string, Located | undefined>();

  of(path: string): Located | undefined {
    return this.#in(dirname(path));
  }

  excludes(path: string): boolean {
    const located = this.of(path);
    const inside = located && relative(located.folder, path);
    return located?.config.exclude.some((pattern) => matchesGlob(inside ?? "", pattern)) ?? false;
  }

  #in(folder: string): Located | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const here = join(folder, configName);
    const parent = dirname(folder);
    const located = existsSync(here) ? this.#read(here, folder) : parent === folder ? undefined : this.#in(parent);
    this.#byFolder.set(folder, located);
    return located;
  }

  #read(path: string, folder: string): Located | undefined {
    const read = readText(path);
    if ("why" in read) {
      this.problems.push(`${path}: ${read.why}`);
      return undefined;
    }
    const { config, problems } = parseConfig(read.text);
    this.problems.push(...problems.map((problem) => `${folder}: ${problem}`));
    return { folder, config };
  }
}

export interface Located {
  readonly folder: string;
  readonly config: Config;
}
