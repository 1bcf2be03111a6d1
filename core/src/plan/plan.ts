import type { Family } from "../addresses/address.ts";
import {
  compareBigInts,
  formatSpan,
  freeOf,
  prefixesOfSpan,
  type Span,
  spanHolds,
  spanOf,
  spanSize,
  spansOverlap,
} from "../addresses/span.ts";
import { collide } from "../facts/collide.ts";
import type { WrittenRange } from "../facts/ranges.ts";
import type { KnownFact } from "../lint/fact.ts";
import type { AddressPlan, PlacedPrefix, PlanNode, PlanOverlap } from "./model.ts";

export { planToJson, planToMarkdown } from "./print.ts";

/** What resources say of their ranges, `world.all(ranges)`, as entries of a plan. */
export function placedPrefixes(known: readonly KnownFact<readonly WrittenRange[]>[]): readonly PlacedPrefix[] {
  return known.flatMap(({ value, kind, name, file, document }) =>
    value.flatMap((range) => {
      const span = spanOf(range.text);
      return span ? [{ ...range, span, kind, name, file, document }] : [];
    }),
  );
}

/** Puts ranges in order. Ranges that overlap without one holding the other stand side by side. */
export function buildPlan(ranges: readonly PlacedPrefix[]): AddressPlan {
  const roots: Draft[] = [];
  const path: Draft[] = [];
  for (const [span, entries] of grouped(ranges)) {
    while (path.length > 0 && !spanHolds((path.at(-1) as Draft).span, span)) path.pop();
    const draft: Draft = { span, entries, children: [] };
    (path.at(-1)?.children ?? roots).push(draft);
    path.push(draft);
  }
  return { roots: roots.map(finished), overlaps: overlapsOf(ranges) };
}

interface Draft {
  readonly span: Span;
  readonly entries: PlacedPrefix[];
  readonly children: Draft[];
}

/** One group a span, outer spans before the inner ones that start with them. */
function grouped(ranges: readonly PlacedPrefix[]): [Span, PlacedPrefix[]][] {
  const groups = new Map<string, [Span, PlacedPrefix[]]>();
  for (const range of ranges) {
    const key = formatSpan(range.span);
    const group = groups.get(key);
    if (group) group[1].push(range);
    else groups.set(key, [range.span, [range]]);
  }
  return [...groups.values()].sort(([a], [b]) => byAddress(a, b));
}

function byAddress(a: Span, b: Span): number {
  const order: Record<Family, number> = { IPv4: 0, IPv6: 1 };
  return (
    order[a.first.family] - order[b.first.family] ||
    compareBigInts(a.first.value, b.first.value) ||
    compareBigInts(spanSize(b), spanSize(a))
  );
}

function finished({ span, entries, children }: Draft): PlanNode {
  const taken = children.map((child) => child.span);
  const free = taken.length > 0 ? freeOf(span, taken).flatMap(prefixesOfSpan) : [];
  return {
    span,
    entries,
    children: children.map(finished),
    free: [...free].sort((a, b) => a.length - b.length || compareBigInts(a.address.value, b.address.value)),
  };
}

function overlapsOf(ranges: readonly PlacedPrefix[]): PlanOverlap[] {
  return ranges.flatMap((second, index) =>
    ranges
      .slice(0, index)
      .filter((first) => spansOverlap(first.span, second.span) && collide(first, second))
      .map((first) => ({ first, second })),
  );
}
