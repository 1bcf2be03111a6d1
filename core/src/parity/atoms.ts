/** The lattice of prefixes: addresses that lie in the same of them are all the same to every policy. */
import {
  type Address,
  firstAddress,
  formatAddress,
  lastAddress,
  type Prefix,
  parseAddress,
} from "../addresses/address.ts";
import { compareBigInts, type Span } from "../addresses/span.ts";
import type { Block } from "./places.ts";

/** Addresses that no prefix parts. */
export interface Atom {
  readonly span: Span;
  /** 1 .. 2^128 */
  readonly size: bigint;
}

/** Parts a block at the ends of prefixes, in the order of addresses. */
export function atomsOf({ spans }: Block, nets: readonly Prefix[]): readonly Atom[] {
  return spans.flatMap((span) => {
    const ends = new Set<bigint>([span.first.value]);
    for (const net of nets) {
      if (net.address.family !== span.first.family) continue;
      for (const value of [firstAddress(net).value, lastAddress(net).value + 1n])
        if (value > span.first.value && value <= span.last.value) ends.add(value);
    }
    const starts = [...ends].sort(compareBigInts);
    return starts.map((start, index): Atom => {
      const next = starts[index + 1];
      const at = (value: bigint): Address => ({ ...span.first, value });
      const last = next === undefined ? span.last : at(next - 1n);
      return { span: { first: at(start), last }, size: last.value - start + 1n };
    });
  });
}

/** An address of an atom to speak of: the known one if it lies there, else the first that is not a network's own. */
export function addressIn({ span: { first, last }, size }: Atom, known: string): string {
  const familiar = parseAddress(known);
  if (familiar?.family === first.family && familiar.value >= first.value && familiar.value <= last.value) return known;
  return formatAddress({ ...first, value: first.value + (size > 1n ? 1n : 0n) });
}

/** Tells for an address which atom of all prefixes it lies in: equal numbers, equal atoms. */
export class Lattice {
  readonly #ends: Readonly<Record<"IPv4" | "IPv6", readonly bigint[]>>;

  constructor(nets: readonly Prefix[]) {
    const of = (family: "IPv4" | "IPv6") => {
      const own = nets.filter(({ address }) => address.family === family);
      const ends = new Set(own.flatMap((net) => [firstAddress(net).value, lastAddress(net).value + 1n]));
      return [...ends].sort(compareBigInts);
    };
    this.#ends = { IPv4: of("IPv4"), IPv6: of("IPv6") };
  }

  atomOf({ family, value }: Address): number {
    const ends = this.#ends[family];
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as bigint) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
