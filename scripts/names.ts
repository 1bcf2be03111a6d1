/**
 * Exported names that mean more than one thing: declared in several files of the product. `node scripts/names.ts` prints them;
 * test/rooms.test.ts lets none come in.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { folders, root } from "./one-a-file.ts";

export const products = ["core", "files", "cluster", "server", "client", "cli"] as const;

const declaration =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:type|interface|function\*?|const|let|class|enum) (\w+)/gm;

export interface Names {
  /** How many names are exported, each counted once. */
  readonly count: number;
  /** "Rule: core/src/lint/rule.ts, core/src/policy/model.ts" */
  readonly several: readonly string[];
}

/** Reads the source files below a folder that holds the products. What each file of a folder exports under the same name is one thing. */
export function namesIn(top: string): Names {
  const found = new Map<string, string[]>();
  for (const product of products)
    for (const file of sources(path.join(top, product, "src"))) {
      const name = path.relative(top, file).replaceAll(path.sep, "/");
      const shared = doors.get(path.posix.dirname(name)) ?? [];
      for (const [, exported = ""] of readFileSync(file, "utf8").matchAll(declaration))
        if (!shared.includes(exported)) found.set(exported, [...(found.get(exported) ?? []), name]);
    }
  const several = [...found].filter(([, files]) => new Set(files).size > 1);
  return { count: found.size, several: several.map(([name, files]) => `${name}: ${files.join(", ")}`).sort() };
}

const doors = new Map<string, readonly string[]>(
  folders.map((folder) => [folder.path, [folder.member, ...("more" in folder ? folder.more : [])]]),
);

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((name) => name.endsWith(".ts"));
}

export function describeNames({ count, several }: Names): string {
  return [`exported names ${count}, with several meanings ${several.length}`, ...several].join("\n  ");
}

if (import.meta.main) console.log(describeNames(namesIn(root)));
