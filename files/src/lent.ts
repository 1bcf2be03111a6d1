import { binary, type How, readBytes, type Why } from "./open.ts";

/**
 * Memory for one file after another, so that reading thousands leaves nothing to collect; undefined while somebody holds it. Its bytes
 * never cross a call: who reads meanwhile gets memory of its own.
 */
let room: Buffer | undefined = Buffer.allocUnsafeSlow(4 << 20);

/** What is made of a file's bytes, or the reason why it cannot be read or is no text. The bytes are lent until `make` returns. */
export function withBytes<T>(path: string, how: How, make: (bytes: Buffer) => T): T | Why {
  const lent = borrow();
  try {
    const bytes = readInto(path, how, lent);
    return "why" in bytes ? bytes : make(bytes);
  } finally {
    giveBack(lent);
  }
}

/** The same in steps between which others may read. */
export function* withBytesInSteps<T>(
  path: string,
  how: How,
  make: (bytes: Buffer) => Generator<undefined, T>,
): Generator<undefined, T | Why> {
  const lent = borrow();
  try {
    const bytes = readInto(path, how, lent);
    if ("why" in bytes) return bytes;
    yield;
    return yield* make(bytes);
  } finally {
    giveBack(lent);
  }
}

function borrow(): Buffer | undefined {
  const lent = room;
  room = undefined;
  return lent;
}

function giveBack(lent: Buffer | undefined): void {
  if (lent) room = lent;
}

function readInto(path: string, how: How, lent: Buffer | undefined): Buffer | Why {
  const bytes = readBytes(path, how, lent);
  return "why" in bytes || !bytes.includes(0) ? bytes : binary;
}
