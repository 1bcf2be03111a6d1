import { lstatSync, mkdirSync, realpathSync } from "node:fs";
import * as module from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { env, platform } from "node:process";

/**
 * Half of a start is compiling: Node.js keeps the compiled code for the next one. It runs what it finds there, and looks at nothing but
 * a checksum: {@link https://nodejs.org/docs/latest-v24.x/api/module.html#module-compile-cache}. So the folder is one that nobody else can
 * write, or there is none.
 */
export function keepCompiled(folder = ownFolder()): void {
  if (isPrivate(folder)) module.enableCompileCache?.(folder);
}

/** {@link https://specifications.freedesktop.org/basedir-spec/latest/} */
export function ownFolder(): string {
  const { XDG_CACHE_HOME = "", LOCALAPPDATA } = env;
  if (platform === "win32") return join(LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "kube-ipv6", "cache");
  return join(XDG_CACHE_HOME.startsWith("/") ? XDG_CACHE_HOME : join(homedir(), ".cache"), "kube-ipv6");
}

/** Makes the folder if need be; false if anybody but its owner, who asks, could put something into it or into its place. */
export function isPrivate(folder: string): boolean {
  const uid = process.getuid?.();
  try {
    if (uid !== undefined && !isSafe(nearest(folder), uid)) return false;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stat = lstatSync(folder);
    // Windows gives a profile's folders to its owner alone.
    return stat.isDirectory() && (uid === undefined || (stat.uid === uid && (stat.mode & 0o077) === 0));
  } catch {
    return false;
  }
}

/** The folder itself, or the next one above it that there is, with links followed. */
function nearest(folder: string): string {
  return lstatSync(folder, { throwIfNoEntry: false }) || dirname(folder) === folder
    ? realpathSync(folder)
    : nearest(dirname(folder));
}

/** Up to the root each belongs to who asks or to the superuser, and others may not rename what is in it. */
function isSafe(folder: string, uid: number): boolean {
  const { uid: owner, mode } = lstatSync(folder);
  const shared = (mode & 0o002) !== 0 && (mode & 0o1000) === 0;
  if (shared || (owner !== uid && owner !== 0)) return false;
  return dirname(folder) === folder || isSafe(dirname(folder), uid);
}
