import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { isCapture } from "#core/packets/capture-file.ts";

/** Bytes of a capture that are read at most. */
export const mostOfCapture = 128_000_000;

/**
 * The bytes of a file that begins as a capture does, of a large one the first; undefined for every other file and for what cannot be
 * opened, which whoever reads texts has words for.
 */
export function captureIn(path: string): { readonly bytes: Buffer; readonly more: boolean } | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(file);
    const head = Buffer.alloc(4);
    if (!stat.isFile() || readSync(file, head, 0, 4, 0) < 4 || !isCapture(head)) return undefined;
    const bytes = Buffer.alloc(Math.min(stat.size, mostOfCapture));
    let length = 0;
    for (let got = 1; got > 0 && length < bytes.length; length += got)
      got = readSync(file, bytes, length, bytes.length - length, length);
    return { bytes: bytes.subarray(0, length), more: stat.size > mostOfCapture };
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
