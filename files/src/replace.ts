import { isUtf8 } from "node:buffer";
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { asManifest, readBytes } from "./open.ts";
import { reason } from "./reason.ts";

/**
 * Writes a file whose text was read as `before`, as a whole or not at all; says why if it stays as it is. Its mode is kept, its owner
 * where that is allowed, and a link that leads to it stays one. What is no UTF-8 would not come back as it was, and what has changed
 * meanwhile is somebody else's.
 */
export function replaceText(path: string, before: string, after: string): string | undefined {
  if (!after.isWellFormed()) return "the mended text could not be written in UTF-8";
  try {
    const real = realpathSync.native(path);
    const now = readBytes(real, asManifest);
    if ("why" in now) return now.why;
    if (!isUtf8(now)) return "it holds bytes that are not UTF-8";
    if (!now.equals(Buffer.from(before))) return "it has changed since it was read";
    accessSync(real, constants.W_OK);
    writeWhole(real, after, statSync(real));
    return undefined;
  } catch (error) {
    return reason(error);
  }
}

/** Writes a new file, or in place of one that is there; says why if that fails. */
export function writeText(path: string, text: string): string | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    // Who names a device or a pipe wants to write into it.
    if (stat && !stat.isFile()) writeFileSync(path, text);
    else writeWhole(stat ? realpathSync.native(path) : path, text, stat);
    return undefined;
  } catch (error) {
    return reason(error);
  }
}

/** Writes a file where there is none yet; says why if that fails, or if there is one. */
export function createText(path: string, text: string): string | undefined {
  try {
    // A link of a second name, unlike a rename, never takes the place of what is there.
    writeWhole(path, text, undefined, (fresh) => {
      linkSync(fresh, path);
      rmSync(fresh);
    });
    return undefined;
  } catch (error) {
    return reason(error);
  }
}

/** In the same folder, since only there a file can take the place of another in one step. */
function writeWhole(
  path: string,
  text: string,
  like: Stats | undefined,
  place: (fresh: string) => void = (fresh) => renameSync(fresh, path),
): void {
  // That nobody else has a file of this name is seen to when it is opened.
  const unique = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  const fresh = join(dirname(path), `.${basename(path).slice(0, 100)}.${unique}.tmp`);
  const file = openSync(fresh, "wx", like ? 0o600 : 0o666);
  try {
    try {
      writeFileSync(file, text);
      if (like) keep(file, like);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    place(fresh);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

function keep(file: number, { uid, gid, mode }: Stats): void {
  if (process.getuid && (uid !== process.getuid() || gid !== process.getgid?.()))
    try {
      fchownSync(file, uid, gid);
    } catch {
      // Only the superuser may give files away. Whoever may write the folder may put a file of their own there.
    }
  fchmodSync(file, mode & 0o7777);
}
