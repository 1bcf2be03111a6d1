/**
 * A new mark for the records of one exec: 122 random bits, so that nothing that runs in the container, and no file in it, can
 * have written a record before it is asked.
 */
export function newMark(): string {
  return `@${source.randomUUID()}@`;
}

/** Web Crypto is there in every host of this code; core has the types of none. */
const source = (globalThis as unknown as { readonly crypto: { randomUUID(): string } }).crypto;
