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
import type { Outpost } from "#core/cluster/outposts.ts";

/** What was about to be created when it was written. */
export interface LedgerEntry {
  readonly format: 1;
  readonly outpost: Omit<Outpost, "body">;
  readonly context: string;
  readonly server: string;
  /** The kubeconfig it was created by, for who wants to remove it later. */
  readonly kubeconfig?: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** Whose it is; nobody removes what a diagnosis that runs still needs. */
  readonly process: { readonly pid: number; readonly started?: string };
  /** It could not be removed when it was no longer needed. */
  readonly abandoned?: true;
}

/**
 * The record, on disk, of everything of ours in any cluster: a file each, written whole before the cluster is asked to create it and
 * removed once it is gone. The folder is its owner's alone.
 */
export class Ledger {
  readonly folder: string;

  constructor(folder = ledgerFolder()) {
    this.folder = folder;
  }

  /** Throws where it cannot be written: then nothing may be created. */
  write(entry: LedgerEntry): void {
    this.#prepare();
    const path = this.#path(entry);
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

  forget(entry: Pick<LedgerEntry, "outpost">): void {
    rmSync(this.#path(entry), { force: true });
  }

  /** What is on record; a file that is no entry of ours is left where it is. */
  entries(): LedgerEntry[] {
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return [];
    }
    return names.filter((name) => name.endsWith(".json")).flatMap((name) => this.#read(name));
  }

  #read(name: string): LedgerEntry[] {
    try {
      const entry = JSON.parse(readFileSync(join(this.folder, name), "utf8")) as Partial<LedgerEntry>;
      const known = entry.format === 1 && `${entry.outpost?.container}.json` === name;
      return known ? [entry as LedgerEntry] : [];
    } catch {
      // It was removed meanwhile, or somebody else put it there.
      return [];
    }
  }

  #path({ outpost }: Pick<LedgerEntry, "outpost">): string {
    if (!/^[a-z0-9-]{1,63}$/.test(outpost.container)) throw new Error(`"${outpost.container}" is no name of ours`);
    return join(this.folder, `${outpost.container}.json`);
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
export function ledgerFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  const state = env.XDG_STATE_HOME;
  if (state?.startsWith("/")) return join(state, "kube-ipv6", "ledger");
  if (platform() === "win32") return join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "kube-ipv6", "ledger");
  if (platform() === "darwin") return join(home, "Library", "Application Support", "kube-ipv6", "ledger");
  return join(home, ".local", "state", "kube-ipv6", "ledger");
}

/** This process, and when it began where the system tells, since pids come back. */
export function thisProcess(): LedgerEntry["process"] {
  return { pid: process.pid, ...started(process.pid) };
}

/** Whether the process that wrote an entry may still need what it is about. */
export function isNeeded({ process: { pid, started: then }, abandoned, created, outpost }: LedgerEntry): boolean {
  if (abandoned || Date.now() > created + 2 * outpost.seconds * 1000) return false;
  if (pid === process.pid) return then === started(pid).started;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return then === undefined || started(pid).started === undefined || started(pid).started === then;
}

/** Field 22 of /proc/PID/stat: clock ticks after boot. A process that only waits to be reaped is at work no more. */
function started(pid: number): { readonly started?: string } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const ticks = fields[0] === "Z" ? "dead" : fields[19];
    return ticks === undefined ? {} : { started: ticks };
  } catch {
    return {};
  }
}
