import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, format, join, parse, resolve } from "node:path";
import { isAtWork, type Owner, thisProcess } from "./owner-process.ts";
import { RecordFolder, stateFolder } from "./record-folder.ts";

/** A capture that is being written, or was when its process ended. */
interface Part {
  readonly format: 1;
  readonly id: string;
  /** Absolute. */
  readonly file: string;
  readonly process: Owner;
}

/**
 * A file of packets that is there as a whole or not at all: written under another name beside it, on record so that the next start
 * removes it if this process is killed, readable by its owner alone.
 */
export class CaptureFile {
  readonly path: string;
  readonly #part: Part;
  readonly #records: RecordFolder<Part>;
  readonly #overwrite: boolean;
  readonly #file: number;
  #open = true;

  /** Throws where there is such a file already and nobody said that it may go, and where none can be written. */
  constructor(path: string, overwrite: boolean, records = captureRecords()) {
    this.path = resolve(path);
    this.#overwrite = overwrite;
    this.#records = records;
    const found = lstatSync(this.path, { throwIfNoEntry: false });
    if (found && !found.isFile()) throw new Error("something that is no file has this name");
    if (found && !overwrite) throw new Error("there is such a file already");
    const id = `${process.pid}-${Math.random().toString(36).slice(2, 10)}`;
    const file = join(dirname(this.path), `.${basename(this.path).slice(0, 100)}.${id}.part`);
    this.#part = { format: 1, id, file, process: thisProcess() };
    records.write(this.#part);
    try {
      this.#file = openSync(file, "wx", 0o600);
    } catch (error) {
      records.forget(id);
      throw error;
    }
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
  }

  /** Gives it its name. Throws where somebody else has made such a file meanwhile; then nothing is kept. */
  keep(): void {
    try {
      fsyncSync(this.#file);
      this.#close();
      if (this.#overwrite) renameSync(this.#part.file, this.path);
      else named(this.#part.file, this.path);
    } finally {
      this.discard();
    }
  }

  /** Nothing of it stays. */
  discard(): void {
    this.#close();
    rmSync(this.#part.file, { force: true });
    this.#records.forget(this.#part.id);
  }

  #close(): void {
    if (this.#open) closeSync(this.#file);
    this.#open = false;
  }
}

/** Never in place of another: a name is given by a link, or where the disk has none by a copy. */
function named(part: string, path: string): void {
  try {
    linkSync(part, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST" || existsSync(path)) throw error;
    copyFileSync(part, path, constants.COPYFILE_EXCL);
  }
}

/** Removes what processes that are gone have left half written. */
export function sweepCaptures(records = captureRecords()): void {
  for (const { id, file, process: owner } of records.entries()) {
    if (isAtWork(owner)) continue;
    // What stands on record is ours by its name; a link in its place is not.
    if (file.endsWith(`.${id}.part`) && lstatSync(file, { throwIfNoEntry: false })?.isFile())
      rmSync(file, { force: true });
    records.forget(id);
  }
}

function captureRecords(): RecordFolder<Part> {
  return new RecordFolder<Part>(stateFolder("captures"), ({ id }) => id);
}

/** Where what one of two nodes saw goes: "pair.pcap" becomes "pair-n1.pcap". The name of a node is that of a host. */
export function pathAtNode(path: string, node: string): string {
  const { dir, name, ext } = parse(path);
  return format({ dir, name: `${name}-${node}`, ext });
}
