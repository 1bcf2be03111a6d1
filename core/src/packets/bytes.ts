/** How the numbers of a file stand in it: that of the machine that wrote it. What is on a wire is always big. */
export type Order = "little" | "big";

/** An unsigned number of 16 bits; 0 behind the end, so that who cares looks at the length first. */
export function u16(bytes: Uint8Array, at: number, order: Order = "big"): number {
  const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
  return order === "big" ? first * 0x100 + second : second * 0x100 + first;
}

/** The same of 32 bits. */
export function u32(bytes: Uint8Array, at: number, order: Order = "big"): number {
  const [high, low] = order === "big" ? [at, at + 2] : [at + 2, at];
  return u16(bytes, high, order) * 0x10000 + u16(bytes, low, order);
}

/** "0a1b2c" */
export function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** "02:42:ac:11:00:02" */
export function macOf(bytes: Uint8Array): string | undefined {
  if (bytes.length !== 6) return undefined;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}
