import {
  type Address,
  bits,
  firstAddress,
  formatAddress,
  formatPrefix,
  lastAddress,
  type Prefix,
  parseAddress,
  parsePrefix,
} from "./address.ts";

/** First and last address of a range, both of one family. */
export interface Span {
  readonly first: Address;
  readonly last: Address;
}

/** A prefix, or two addresses joined by "-"; undefined for anything else, an empty range included. */
export function spanOf(text: string): Span | undefined {
  const prefix = parsePrefix(text);
  if (prefix) return spanOfPrefix(prefix);
  const [first, last, more] = text.split("-").map((part) => parseAddress(part.trim()));
  const ordered = first && last && more === undefined && first.family === last.family && first.value <= last.value;
  return ordered ? { first, last } : undefined;
}

export function spanOfPrefix(prefix: Prefix): Span {
  return { first: firstAddress(prefix), last: lastAddress(prefix) };
}

export function spansOverlap(a: Span, b: Span): boolean {
  return a.first.family === b.first.family && a.first.value <= b.last.value && b.first.value <= a.last.value;
}

export function spanHolds(outer: Span, inner: Span): boolean {
  return spansOverlap(outer, inner) && outer.first.value <= inner.first.value && inner.last.value <= outer.last.value;
}

/** Number of addresses, 1 .. 2^128 */
export function spanSize({ first, last }: Span): bigint {
  return last.value - first.value + 1n;
}

/** The prefix that a span is, or `first-last`. */
export function formatSpan(span: Span): string {
  const [prefix, ...more] = prefixesOfSpan(span);
  return prefix && more.length === 0
    ? formatPrefix(prefix)
    : `${formatAddress(span.first)}-${formatAddress(span.last)}`;
}

/** The fewest prefixes that make up a span, in order: each is the largest that starts there and fits. */
export function prefixesOfSpan({ first: { family, value: from }, last }: Span): readonly Prefix[] {
  const prefixes: Prefix[] = [];
  const width = bits(family);
  for (let value = from; value <= last.value; ) {
    const host = Math.min(trailingZeros(value, width), bitLength(last.value - value + 1n) - 1);
    const address = { family, value, leadingZeros: false };
    prefixes.push({ address, length: width - host, leadingZeros: false });
    value += 1n << BigInt(host);
  }
  return prefixes;
}

/** What spans leave free of an outer one, in order. The spans may overlap each other and reach beyond it. */
export function freeOf(outer: Span, taken: readonly Span[]): readonly Span[] {
  const { family } = outer.first;
  const free: Span[] = [];
  let next = outer.first.value;
  const keep = (first: bigint, last: bigint) => {
    if (first > last) return;
    const at = (value: bigint): Address => ({ family, value, leadingZeros: false });
    free.push({ first: at(first), last: at(last) });
  };
  const inside = taken.filter((span) => spansOverlap(outer, span));
  for (const { first, last } of inside.sort((a, b) => compareBigInts(a.first.value, b.first.value))) {
    keep(next, first.value - 1n);
    if (last.value >= next) next = last.value + 1n;
  }
  keep(next, outer.last.value);
  return free;
}

export function compareBigInts(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many bits at the end of an address of so many are 0. */
function trailingZeros(value: bigint, width: number): number {
  return value === 0n ? width : bitLength(value & -value) - 1;
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}
