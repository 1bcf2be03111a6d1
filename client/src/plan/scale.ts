import { compareBigInts, prefixesOfSpan, type Span, spanSize } from "#core/addresses/span.ts";
import { sizeHint } from "#core/editor/hover/address.ts";
import { l10n } from "../l10n.ts";

/** Where something lies on the axis of its family, in percent of the axis. */
export interface Bar {
  readonly x: number;
  readonly width: number;
}

/** Places ranges that nothing holds together on the whole axis; what lies between two of them is not drawn to scale. */
export function placeRoots(spans: readonly Span[]): readonly Bar[] {
  const pieces = piecesOf(spans);
  const gaps = pieces.filter(({ taken }) => !taken).length;
  return place(spans, pieces, { x: 0, width: 100 }, gaps === 0 ? 0 : Math.min(2, 30 / gaps));
}

/** Places ranges, which may overlap each other, inside the bar of the one that holds them all. */
export function placeInside(outer: Span, bar: Bar, spans: readonly Span[]): readonly Bar[] {
  return place(spans, piecesOf([outer, ...spans]), bar, 0);
}

/** How large a range is, for people: `65,536 x /64`, `256 addresses`. */
export function sizeText(span: Span): string {
  const [prefix, ...more] = prefixesOfSpan(span);
  if (prefix !== undefined && more.length === 0) return sizeHint(prefix);
  const size = spanSize(span);
  return size < 1_000_000n
    ? l10n`${size.toLocaleString("en-US")} addresses`
    : l10n`about 2^${Math.round(bitsOf(size))} addresses`;
}

interface Piece {
  readonly first: bigint;
  readonly size: bigint;
  /** Some range covers it. */
  readonly taken: boolean;
}

/** The axis cut at both ends of every range, so that a range is some pieces in a row. */
function piecesOf(spans: readonly Span[]): readonly Piece[] {
  const cuts = [...new Set(spans.flatMap(({ first, last }) => [first.value, last.value + 1n]))].sort(compareBigInts);
  return cuts.slice(1).map((end, index) => {
    const first = cuts[index] as bigint;
    const taken = spans.some((span) => span.first.value <= first && end <= span.last.value + 1n);
    return { first, size: end - first, taken };
  });
}

/** @param gap the width of a piece that nothing covers, in percent of the axis */
function place(spans: readonly Span[], pieces: readonly Piece[], { x, width }: Bar, gap: number): readonly Bar[] {
  const weights = pieces.map(({ size, taken }) => (taken ? weightOf(size) : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const room = width - gap * weights.filter((weight) => weight === 0).length;
  const cuts = new Map<bigint, number>();
  let at = x;
  for (const [index, { first, size }] of pieces.entries()) {
    cuts.set(first, at);
    const weight = weights[index] as number;
    at += weight === 0 ? gap : (weight / total) * room;
    cuts.set(first + size, at);
  }
  return spans.map(({ first, last }) => {
    const start = cuts.get(first.value) as number;
    return { x: start, width: (cuts.get(last.value + 1n) as number) - start };
  });
}

/**
 * A piece is as wide as its size has bits, so that a /64 can still be seen in a /48: what is twice as wide holds not twice as
 * many addresses, but their square.
 */
function weightOf(size: bigint): number {
  return bitsOf(size) + 1;
}

/** The logarithm of a size; a number cannot hold 2^128 exactly, and need not. */
function bitsOf(size: bigint): number {
  return Math.log2(Number(size));
}
