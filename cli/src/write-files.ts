import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { GeneratedFile } from "#core/prevention/model.ts";
import { reason } from "#files/reason.ts";
import { createText, writeText } from "#files/replace.ts";
import { terminal } from "./terminal.ts";

/** All of them, or where one is there already none; sentences on what was not written. */
export function writeFiles(folder: string, files: readonly GeneratedFile[], overwrite: boolean): readonly string[] {
  const there = overwrite ? [] : files.map(({ path }) => join(folder, path)).filter((path) => existsSync(path));
  if (there.length > 0) return [`nothing was written: ${there.join(", ")} is there already (--overwrite replaces it)`];
  return files.flatMap(({ path, text }) => {
    const target = join(folder, path);
    const why = makeFolder(dirname(target)) ?? (overwrite ? writeText : createText)(target, text);
    if (why !== undefined) return [`${target} was not written: ${why}`];
    terminal.print(`${target}\n`);
    return [];
  });
}

function makeFolder(path: string): string | undefined {
  try {
    mkdirSync(path, { recursive: true });
    return undefined;
  } catch (error) {
    return reason(error);
  }
}
