import { type Dirent, existsSync, readdirSync, realpathSync } from "node:fs";
import { isManifest } from "#core/manifest/program-file.ts";
import { fileKindOf } from "./open.ts";
import { reason } from "./reason.ts";

/** Found below a folder; paths are relative to it, with `/` between their parts. */
export type Below =
  | { readonly path: string; readonly is: "manifest" }
  /** Whatever it is called; links are never followed. */
  | { readonly path: string; readonly is: "link" }
  | { readonly path: string; readonly is: "unreadable"; readonly why: string };

/** Folders that hold what others wrote, by their names. */
const skipped: ReadonlySet<string> = new Set(["node_modules", ".git", ".terraform"]);

/** In a `vendor` that Go has filled, that is: others keep there what they apply. {@link https://go.dev/ref/mod#go-mod-vendor} */
function isSkipped(folder: string, path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return skipped.has(name) || (name === "vendor" && existsSync(`${folder}/${path}/modules.txt`));
}

/**
 * The files below a folder that are read, by the editor and by the command line: regular files whose names say that they are manifests or
 * a program's own configuration, in the order of names, one folder read at a time.
 */
export function* manifestsBelow(folder: string): Generator<Below | undefined> {
  const open: { readonly within: string; readonly entries: Iterator<Below | Dirent> }[] = [];
  const enter = (path: string) =>
    open.push({ within: path === "" ? "" : `${path}/`, entries: entriesOf(folder, path) });
  enter("");
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const { done, value } = top.entries.next();
    if (done) {
      open.pop();
      yield undefined;
    } else if ("is" in value) yield value;
    else {
      const path = top.within + value.name;
      if (!value.isDirectory()) {
        const found = foundAt(path, value);
        if (found) yield found;
      } else if (!isSkipped(folder, path)) enter(path);
    }
  }
}

function foundAt(path: string, entry: Dirent): Below | undefined {
  if (entry.isSymbolicLink()) return { path, is: "link" };
  if (!isManifest(path)) return undefined;
  return entry.isFile() ? { path, is: "manifest" } : { path, is: "unreadable", why: fileKindOf(entry) };
}

function* entriesOf(folder: string, path: string): Generator<Below | Dirent, undefined> {
  let entries: Dirent[] = [];
  try {
    entries = readdirSync(path === "" ? folder : `${folder}/${path}`, { withFileTypes: true });
  } catch (error) {
    // It may have gone in the meantime; that of the folder itself would be noticed.
    if (path === "" || (error as NodeJS.ErrnoException).code !== "ENOENT")
      yield { path, is: "unreadable", why: reason(error) };
  }
  yield* entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether {@link manifestsBelow} would come to a file, by where it lies and what it is called. */
export function isBelow(folder: string, path: string): boolean {
  if (!path.startsWith(`${folder}/`) || !isManifest(path)) return false;
  const parts = path.slice(folder.length + 1).split("/");
  if (parts.slice(0, -1).some((_, index) => isSkipped(folder, parts.slice(0, index + 1).join("/")))) return false;
  if (parts.length === 1) return true;
  try {
    const [inside, from] = [path.slice(0, path.lastIndexOf("/")), realpathSync.native(folder)];
    return realpathSync.native(inside) === `${from === "/" ? "" : from}${inside.slice(folder.length)}`;
  } catch {
    // What is gone lies nowhere, and who asks wants to take it out.
    return true;
  }
}
