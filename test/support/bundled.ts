import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** What bundles are made of. */
const sources = ["cli", "client", "cluster", "core", "files", "server", "scripts/build.mjs", "package.json"];

/** The path of a file in dist/, which is made first if nobody has, or if a source was changed since. */
export function bundled(name: string): string {
  const file = `${root}dist/${name}`;
  if (changedAt(file) < Math.max(...sources.map((source) => newest(join(root, source)))))
    spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "inherit" });
  return file;
}

/** Milliseconds since the epoch; 0 if it is not there. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When the latest of the sources below a path was changed. */
function newest(path: string): number {
  if (!statSync(path).isDirectory()) return changedAt(path);
  const names = readdirSync(path).filter((name) => !/^(node_modules|out|types)$|\.tsbuildinfo$/.test(name));
  return Math.max(0, ...names.map((name) => newest(join(path, name))));
}
