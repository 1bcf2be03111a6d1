import { closeSync, type Dirent, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { isManifest } from "#core/manifest/program-file.ts";

/** Larger files are read only when they are opened: no manifest of that size was written by hand. */
const largest = 4_000_000;
const skipped = new Set(["node_modules", ".git", ".terraform", "vendor"]);

/** A file's text; undefined if there is none. */
export function readIfThere(path: string): { readonly text: string } | { readonly why: string } | undefined {
  try {
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? undefined : { why: message };
  }
}

/** Lent to one reader at a time, so that reading thousands of files leaves nothing to collect. */
let room: Buffer | undefined = Buffer.allocUnsafeSlow(largest);

/** What is made of the bytes of a manifest on disk, in steps; undefined for what is gone, too large, no file or no text. */
export function* withManifest<T>(
  path: string,
  make: (bytes: Buffer) => Generator<undefined, T>,
): Generator<undefined, T | undefined> {
  const own = room;
  room = undefined;
  try {
    const bytes = readManifest(path, own);
    if (!bytes) return undefined;
    yield;
    return yield* make(bytes);
  } finally {
    room ??= own;
  }
}

function readManifest(path: string, into: Buffer | undefined): Buffer | undefined {
  try {
    const stat = statSync(path);
    if (!stat.isFile() || stat.size > largest) return undefined;
    const bytes = into ? readInto(path, into) : readFileSync(path);
    return bytes.includes(0) ? undefined : bytes;
  } catch {
    // It went away or may not be read: then nobody can hold other files against it.
    return undefined;
  }
}

/** What has grown beyond the room since it was looked at is cut: of its change there will be word. */
function readInto(path: string, room: Buffer): Buffer {
  const file = openSync(path, "r");
  try {
    let length = 0;
    for (let got = -1; got !== 0; length += got) got = readSync(file, room, length, room.length - length, null);
    return room.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/** The YAML files below a folder in the order of names, one folder read at a time; links are not followed. */
export function* manifestsBelow(folder: string): Generator<string | undefined> {
  for (const entry of entriesOf(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) yield* manifestsBelow(path);
    } else if (entry.isFile() && isManifest(entry.name)) yield path;
  }
  yield undefined;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // A folder that may not be read holds nothing for us; the editor shows it as such.
    return [];
  }
}
