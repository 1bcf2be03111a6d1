import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { objectsIn } from "#core/cluster/dump.ts";
import { asManifest, readText } from "#files/open.ts";

const asDump = { ...asManifest, what: "a file of a dump" };
const mostFiles = 50_000;

export interface Dump {
  readonly objects: readonly KubeObject[];
  /** Sentences on what was not read. */
  readonly missed: readonly string[];
}

/** The objects in a file, or in every .yaml, .yml and .json below a folder. Links are not followed. */
export function readDump(path: string): Dump {
  const isFolder = statSync(path).isDirectory();
  const all = isFolder
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile() && /\.(?:ya?ml|json)$/.test(one.name))
        .map((one) => join(one.parentPath, one.name))
        .sort()
    : [path];
  const objects: KubeObject[] = [];
  const missed = all.length > mostFiles ? [`only the first ${mostFiles} files of ${all.length} were read`] : [];
  for (const file of all.slice(0, mostFiles)) {
    const read = readText(file, { ...asDump, named: !isFolder });
    if ("text" in read) objects.push(...objectsIn(read.text));
    else missed.push(`${file} was not read: ${read.why}`);
  }
  return { objects, missed };
}
