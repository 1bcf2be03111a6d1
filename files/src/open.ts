import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { reason } from "./reason.ts";

export interface How {
  /** Bytes; what is larger is left out. */
  readonly largest: number;
  /** For people. */
  readonly what: string;
  /** Somebody named it: a link is followed, and what comes through a pipe that is open already is read to its end. */
  readonly named?: boolean;
}

export const asManifest: How = { largest: 20_000_000, what: "a manifest" };
export const asSettings: How = { largest: 1_000_000, what: "a file of settings" };

export interface Why {
  readonly why: string;
}

/**
 * The bytes of a regular file, or why they are not read. Neither a link nor a pipe nor a device can lead elsewhere, hold up whoever
 * reads, or go on for ever. They stand in `into` if they have room there, else in memory of their own.
 */
export function readBytes(path: string, how: How, into?: Buffer): Buffer | Why {
  try {
    const pipe = how.named === true && isOpenPipe(path);
    const file = openSync(path, pipe ? constants.O_RDONLY : flags(how.named === true));
    try {
      const stat = fstatSync(file);
      if (!stat.isFile() && !pipe) return { why: fileKindOf(stat) };
      if (stat.size > how.largest) return tooLarge(how);
      return fill(file, stat, how, into);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return { why: reason(error) };
  }
}

/** A file's text in memory of its own, or why it cannot be read or is no text. */
export function readText(path: string, how: How): { readonly text: string } | Why {
  const bytes = readBytes(path, how);
  if ("why" in bytes) return bytes;
  return bytes.includes(0) ? binary : { text: bytes.toString("utf8") };
}

export const binary: Why = { why: "it is a binary file" };

/** What a shell hands over as `<(...)`, or the standard input by its name. */
function isOpenPipe(path: string): boolean {
  return /^\/(?:dev\/(?:stdin|fd\/\d+)|proc\/(?:self|\d+)\/fd\/\d+)$/.test(path);
}

/** Windows has neither flag, nor what they are against. */
function flags(named: boolean): number {
  return constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (named ? 0 : (constants.O_NOFOLLOW ?? 0));
}

export function fileKindOf(stat: Pick<Stats, "isDirectory" | "isFIFO" | "isSocket" | "isSymbolicLink">): string {
  if (stat.isDirectory()) return "it is a folder";
  if (stat.isSymbolicLink()) return "it is a link";
  if (stat.isFIFO()) return "it is a pipe, no file; what comes through one is read with -";
  return stat.isSocket() ? "it is a socket, no file" : "it is a device, no file";
}

function fill(file: number, stat: Stats, how: How, into: Buffer | undefined): Buffer | Why {
  let room = into && into.length > stat.size ? into : Buffer.allocUnsafeSlow(Math.max(stat.size + 1, 1 << 16));
  for (let length = 0; ; ) {
    const wanted = room.length - length;
    const got = readSync(file, room, length, wanted, null);
    length += got;
    if (length > how.largest) return tooLarge(how);
    // A pipe gives what it has, and only nothing is its end; a file gives less than was asked for at its end alone.
    if (got === 0 || (stat.isFile() && got < wanted)) return room.subarray(0, length);
    if (length === room.length) room = Buffer.concat([room], room.length * 2);
  }
}

function tooLarge({ largest, what }: How): Why {
  return { why: `${what} of more than ${largest / 1e6} MB was not written by hand` };
}
