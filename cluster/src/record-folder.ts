import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { homedir, platform } from "node:os";
import { join } from "node:path";
import { isAtWork } from "./owner-process.ts";

/**
 * Records on disk, a file each, written whole before a cluster is asked for what they are about. The folder is its owner's alone.
 */
export class RecordFolder<T extends { readonly format: 1 }> {
  readonly folder: string;
  readonly #nameOf: (entry: Partial<T>) => string | undefined;

  constructor(folder: string, nameOf: (entry: Partial<T>) => string | undefined) {
    this.folder = folder;
    this.#nameOf = nameOf;
  }

  /** Throws where it cannot be written: then nothing may be done. */
  write(entry: T): void {
    this.#prepare();
    const path = this.#path(this.#nameOf(entry));
    const fresh = `${path}.${process.pid}.new`;
    rmSync(fresh, { force: true });
    const file = openSync(fresh, "wx", 0o600);
    try {
      writeSync(file, `${JSON.stringify(entry)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, path);
    this.#settle();
  }

  forget(name: string): void {
    rmSync(this.#path(name), { force: true });
  }

  /** What is on record; a file that is no entry of ours is left where it is. */
  entries(): T[] {
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return [];
    }
    for (const name of names) this.#forgetHalf(name);
    return names.filter((name) => name.endsWith(".json")).flatMap((name) => this.#read(name));
  }

  /** What was killed while it wrote has asked nobody for anything yet. */
  #forgetHalf(name: string): void {
    const pid = Number(/\.json\.(\d+)\.new$/.exec(name)?.[1] ?? process.pid);
    if (pid !== process.pid && !isAtWork({ pid })) rmSync(join(this.folder, name), { force: true });
  }

  #read(name: string): T[] {
    try {
      const entry = JSON.parse(readFileSync(join(this.folder, name), "utf8")) as Partial<T>;
      return entry.format === 1 && `${this.#nameOf(entry)}.json` === name ? [entry as T] : [];
    } catch {
      // It was removed meanwhile, or somebody else put it there.
      return [];
    }
  }

  #path(name: string | undefined): string {
    if (name === undefined || !/^[a-z0-9-]{1,63}$/.test(name)) throw new Error(`"${name}" is no name of ours`);
    return join(this.folder, `${name}.json`);
  }

  #prepare(): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(this.folder);
    if (!found.isDirectory()) throw new Error(`${this.folder} is no folder`);
    if (process.getuid && found.uid !== process.getuid()) throw new Error(`${this.folder} belongs to somebody else`);
    if (process.getuid && (found.mode & 0o077) !== 0) chmodSync(this.folder, 0o700);
  }

  /** A name is on the disk only once its folder is; Windows has no such call. */
  #settle(): void {
    if (platform() === "win32") return;
    const folder = openSync(this.folder, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }
}

/** https://specifications.freedesktop.org/basedir-spec/latest/; elsewhere where programs keep what is the machine's own. */
export function stateFolder(
  part: "ledger" | "changes" | "captures",
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  const state = env.XDG_STATE_HOME;
  if (state?.startsWith("/")) return join(state, "kube-ipv6", part);
  if (platform() === "win32") return join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "kube-ipv6", part);
  if (platform() === "darwin") return join(home, "Library", "Application Support", "kube-ipv6", part);
  return join(home, ".local", "state", "kube-ipv6", part);
}
