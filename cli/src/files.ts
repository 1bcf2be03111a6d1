import { realpathSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { cwd } from "node:process";
import { Configs, folderOf } from "#core/lint/config-files.ts";
import { isManifest } from "#core/manifest/program-file.ts";
import { manifestsBelow } from "#files/below.ts";
import { withBytes as lend } from "#files/lent.ts";
import { asManifest, readText as read, type Why } from "#files/open.ts";
import { reason } from "#files/reason.ts";
import { slashed } from "#files/slashed.ts";
import { Surroundings } from "#files/surroundings.ts";

export interface FoundFile {
  /** As it was asked for, for messages. */
  readonly name: string;
  /** Absolute, with `/` between its parts. */
  readonly path: string;
  /** It was not found in a folder, but asked for by its name. */
  readonly named?: true;
}

/** What could not be looked at, and why. */
export interface Missed {
  readonly name: string;
  readonly path: string;
  readonly why: string;
}

/** What there is under the paths that were given. */
export interface FileSearch {
  readonly found: readonly FoundFile[];
  readonly missed: readonly Missed[];
  /** Links to folders elsewhere: nobody said that there are manifests in them. */
  readonly beside: readonly Missed[];
  /** Folders that were given and hold no file that is read. */
  readonly empty: readonly string[];
  /** Settings leave out what was found in a folder. Of single files it is no surprise: pre-commit names whatever has changed. */
  readonly excluded: boolean;
}

/**
 * The manifests under the given paths, each once, folders searched in the order of names. A path given by name is taken whatever it is
 * called; none is that settings leave out.
 */
export function findFiles(paths: readonly string[], configs: Configs): FileSearch {
  const { found, missed, beside, empty } = search(paths);
  const counts = ({ path }: Pick<FoundFile, "path">) => !configs.excludes(path);
  const excluded = found.some((file) => !file.named && !counts(file));
  return { found: found.filter(counts), missed: missed.filter(counts), beside: beside.filter(counts), empty, excluded };
}

function search(paths: readonly string[]) {
  const found: FoundFile[] = [];
  const missed: Missed[] = [];
  const links: FoundFile[] = [];
  const empty: string[] = [];
  const roots: string[] = [];
  const known = new Set<string>();
  const add = (file: FoundFile, real: string): void => {
    if (!known.has(real)) found.push(file);
    known.add(real);
  };
  for (const name of paths) {
    const path = slashed(resolve(name));
    try {
      const real = realOf(path) ?? path;
      if (!statSync(name).isDirectory()) {
        add({ name, path, named: true }, real);
        continue;
      }
      roots.push(real);
      let holds = false;
      for (const below of manifestsBelow(path)) {
        if (!below) continue;
        const at = { name: under(name, below.path), path: joined(path, below.path) };
        if (below.is === "manifest") add(at, joined(real, below.path));
        else if (below.is === "link") links.push(at);
        else missed.push({ ...at, why: below.why });
        holds ||= below.is !== "link";
      }
      if (!holds) empty.push(name);
    } catch (error) {
      missed.push({ name, path, why: reason(error) });
    }
  }
  const [lost, beside] = leadingAway(links, known, roots);
  return { found, missed: [...missed, ...lost], beside, empty };
}

/** Of the links met on the way those whose end is looked at nowhere else: those called like a manifest, and those to folders. */
function leadingAway(links: readonly FoundFile[], known: ReadonlySet<string>, roots: readonly string[]) {
  const lost: Missed[] = [];
  const beside: Missed[] = [];
  for (const link of links) {
    const real = realOf(link.path);
    // A dangling link is nobody's manifest.
    if (real === undefined || known.has(real)) continue;
    if (!statSync(real).isDirectory()) {
      if (isManifest(link.name)) lost.push({ ...link, why: "it is a link, and none is followed in a folder" });
    } else if (!roots.some((root) => `${real}/`.startsWith(joined(root, ""))))
      beside.push({ ...link, why: "it is a link to a folder elsewhere" });
  }
  return [lost, beside] as const;
}

function realOf(path: string): string | undefined {
  try {
    return slashed(realpathSync.native(path));
  } catch {
    return undefined;
  }
}

function joined(folder: string, path: string): string {
  return folder.endsWith("/") ? folder + path : `${folder}/${path}`;
}

/** As people would write it: `lint .` names `a/b.yaml`. */
function under(name: string, path: string): string {
  const within = join(name, "-").slice(0, -1);
  return within + (sep === "/" ? path : path.replaceAll("/", sep));
}

/** What is made of a file's bytes, which are lent until `make` returns, or the reason why it cannot be read or is no text. */
export function withBytesOf<T>({ path, named }: FoundFile, make: (bytes: Buffer) => T): T | Why {
  return lend(path, { ...asManifest, named: named === true }, make);
}

/** The text of a file that somebody named, or the reason why it cannot be read or is no text. */
export function readNamedText(path: string): { readonly text: string } | Why {
  return read(path, { ...asManifest, named: true });
}

/** What says how files are to be judged lies around them, up to the folder of their repository or to what was given. */
export function surroundingsOf(paths: readonly string[]): Surroundings {
  const folders = paths.map((path) => {
    const absolute = slashed(resolve(path));
    return isFolder(path) ? absolute : folderOf(absolute);
  });
  return new Surroundings([slashed(cwd()), ...folders]);
}

/** The nearest `.kube-ipv6.yaml` at or above each file's folder. */
export function configsOf(paths: readonly string[]): Configs {
  const { read, isTop } = surroundingsOf(paths);
  return new Configs(read, isTop);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // What is wrong with it is said where it is read.
    return false;
  }
}
