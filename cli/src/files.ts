import { closeSync, type Dirent, existsSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join, matchesGlob, resolve, sep } from "node:path";
import { Configs } from "#core/lint/config-files.ts";
import type { Document } from "#core/manifest/document.ts";
import { ManifestFile } from "#core/manifest/file.ts";
import { isManifest, programOf } from "#core/manifest/program-file.ts";

export interface Found {
  /** As it was asked for, for messages. */
  readonly name: string;
  /** Absolute, with `/` between its parts. */
  readonly path: string;
  /** Its folder says that it is a file, no pipe. */
  readonly isFile?: true;
}

/** What could not be looked at, and why. */
export interface Missed {
  readonly name: string;
  readonly why: string;
}

/** Bytes; larger files are left out. */
const largest = 20_000_000;
const skipped = new Set(["node_modules", ".git", ".terraform"]);

/** The YAML files under the given paths, folders searched in the order of names. A path given by name is taken whatever it is called. */
export function findFiles(paths: readonly string[]): {
  readonly found: readonly Found[];
  readonly missed: readonly Missed[];
} {
  const found: Found[] = [];
  const missed: Missed[] = [];
  const look = (name: string, path: string, asked: boolean): void => {
    try {
      if (statSync(name).isDirectory()) search(name, path);
      else if (asked || isManifest(name)) found.push({ name, path });
    } catch (error) {
      // A dangling link met on the way is nobody's manifest; a path that was asked for by name has to be there.
      if (asked || !isGone(error)) missed.push({ name, why: reason(error) });
    }
  };
  const search = (folder: string, path: string): void => {
    // Put together once a folder: for each of thousands of files it would take as long as to read their names.
    const [within, below] = [join(folder, "-").slice(0, -1), path.endsWith("/") ? path : `${path}/`];
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true }).sort(byName)) {
        if (skipped.has(entry.name)) continue;
        const [name, path] = [within + entry.name, below + entry.name];
        if (entry.isFile()) {
          if (isManifest(name)) found.push({ name, path, isFile: true });
        } else if (entry.isDirectory()) search(name, path);
        else look(name, path, false);
      }
    } catch (error) {
      if (!isGone(error)) missed.push({ name: folder, why: reason(error) });
    }
  };
  for (const path of paths) look(path, slashed(resolve(path)), true);
  return { found, missed };
}

function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

/** A file's text, or the reason why it cannot be read or is no text. */
export function readText(path: string): { readonly text: string } | { readonly why: string } {
  return withBytes({ path }, (bytes) => ({ text: bytes.toString("utf8") }));
}

/** The documents of a file, by its name of the kind that it says. */
export function documentsOf({ path }: Pick<Found, "path">, text: string): readonly Document[] {
  return new ManifestFile(text, { program: programOf(path, () => text) }).documents;
}

/** One for all files, so that reading thousands leaves nothing to collect; undefined while somebody holds it. */
let room: Buffer | undefined = Buffer.allocUnsafeSlow(4 << 20);

/**
 * What is made of a file's bytes, or the reason why it cannot be read or is no text. The bytes are lent until `make` returns;
 * what `make` reads meanwhile goes into memory of its own.
 */
export function withBytes<T>(
  { path, isFile }: Pick<Found, "path" | "isFile">,
  make: (bytes: Buffer) => T,
): T | { readonly why: string } {
  const lent = room;
  room = undefined;
  let own = lent ?? Buffer.allocUnsafeSlow(1 << 16);
  try {
    let length = 0;
    try {
      const file = openSync(path, "r");
      try {
        for (let atEnd = false; !atEnd && length <= largest; ) {
          if (length === own.length) own = Buffer.concat([own], own.length * 4);
          const wanted = own.length - length;
          const got = readSync(file, own, length, wanted, null);
          length += got;
          // A pipe gives what it has, and only nothing is its end; a file gives less than was asked for at its end alone.
          atEnd = got === 0 || (isFile === true && got < wanted);
        }
      } finally {
        closeSync(file);
      }
    } catch (error) {
      return { why: reason(error) };
    }
    if (length > largest) return { why: `a manifest of more than ${largest / 1e6} MB was not written by hand` };
    const bytes = own.subarray(0, length);
    return bytes.includes(0) ? { why: "it is a binary file" } : make(bytes);
  } finally {
    if (lent) room = own;
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

/** A file's text for settings, with every path in the form that core wants; undefined if there is no such file. */
export function readSetting(path: string): { readonly text: string } | { readonly why: string } | undefined {
  return existsSync(path) ? readText(path) : undefined;
}

/** The nearest `.kube-ipv6.yaml` at or above each file's folder. */
export function folderConfigs(): Configs {
  return new Configs(readSetting, matchesGlob);
}

/** With `/` between its parts on every system, as core spells paths. */
export function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
