import { type Family, formatAddress, formatPrefix } from "#core/addresses/address.ts";
import { formatSpan, freeOf } from "#core/addresses/span.ts";
import type { PlanNode } from "#core/plan/model.ts";
import { isWritten, type LocatedPrefix, type WrittenPlan } from "./answer.ts";
import { type Bar, placeInside, placeRoots, sizeText } from "./scale.ts";

/** An address plan as rectangles: one axis for each family, one row for each range, its bar below that of what holds it. */
export interface Picture {
  readonly families: readonly FamilyPicture[];
  readonly overlaps: readonly Overlap[];
}

export interface FamilyPicture {
  readonly family: Family;
  readonly rows: readonly PictureRow[];
}

export interface PictureRow {
  readonly kind: "range" | "free";
  /** How many ranges hold this one. */
  readonly depth: number;
  /** Canonical text; of a free row the largest blocks. */
  readonly label: string;
  /** How many free blocks are not named. */
  readonly smaller: number;
  readonly size: string;
  readonly first: string;
  readonly last: string;
  /** The canonical text of the range around it. */
  readonly inside: string | undefined;
  /** One bar; of a free row one for each stretch that nothing takes. */
  readonly bars: readonly Bar[];
  /** The bars of everything that holds it, the outermost first. */
  readonly around: readonly Bar[];
  readonly entries: readonly LocatedPrefix[];
  /** The numbers of the overlaps it is part of, from 1. */
  readonly overlaps: readonly number[];
}

export interface Overlap {
  readonly first: LocatedPrefix;
  readonly second: LocatedPrefix;
}

/** How many free blocks a row names; the rest is counted. */
const named = 2;

export function pictureOf(plan: WrittenPlan): Picture {
  const overlaps = plan.overlaps.flatMap(({ first, second }) =>
    isWritten(first) && isWritten(second) ? [{ first, second }] : [],
  );
  const families = (["IPv4", "IPv6"] as const).flatMap((family) => {
    const roots = plan.roots.filter(({ span }) => span.first.family === family);
    const bars = placeRoots(roots.map(({ span }) => span));
    const rows = roots.flatMap((root, index) => rowsOf(root, bars[index] as Bar, [], overlaps));
    return rows.length === 0 ? [] : [{ family, rows }];
  });
  return { families, overlaps };
}

/** A range around another, and its bar. */
interface Holder {
  readonly label: string;
  readonly bar: Bar;
}

function rowsOf(
  node: PlanNode,
  bar: Bar,
  around: readonly Holder[],
  overlaps: readonly Overlap[],
): readonly PictureRow[] {
  const { span, children } = node;
  const entries = node.entries.filter(isWritten);
  const own: PictureRow = {
    ...shared(around),
    kind: "range",
    label: formatSpan(span),
    smaller: 0,
    size: sizeText(span),
    first: formatAddress(span.first),
    last: formatAddress(span.last),
    bars: [bar],
    entries,
    overlaps: numbersOf(entries, overlaps),
  };
  const holders = [...around, { label: own.label, bar }];
  const places = placeInside(
    span,
    bar,
    children.map((child) => child.span),
  );
  const below = children.flatMap((child, index) => rowsOf(child, places[index] as Bar, holders, overlaps));
  return [own, ...below, ...freeRow(node, bar, holders)];
}

function freeRow({ span, children, free }: PlanNode, bar: Bar, around: readonly Holder[]): readonly PictureRow[] {
  const [largest] = free;
  if (largest === undefined) return [];
  const taken = children.map((child) => child.span);
  const stretches = freeOf(span, taken);
  const places = placeInside(span, bar, [...taken, ...stretches]).slice(taken.length);
  return [
    {
      ...shared(around),
      kind: "free",
      label: free.slice(0, named).map(formatPrefix).join(", "),
      smaller: Math.max(0, free.length - named),
      size: "",
      first: formatAddress(stretches[0]?.first ?? span.first),
      last: formatAddress(stretches.at(-1)?.last ?? span.last),
      bars: places,
      entries: [],
      overlaps: [],
    },
  ];
}

function shared(around: readonly Holder[]): Pick<PictureRow, "depth" | "inside" | "around"> {
  return { depth: around.length, inside: around.at(-1)?.label, around: around.map(({ bar }) => bar) };
}

function numbersOf(entries: readonly LocatedPrefix[], overlaps: readonly Overlap[]): readonly number[] {
  return overlaps.flatMap(({ first, second }, index) =>
    entries.includes(first) || entries.includes(second) ? [index + 1] : [],
  );
}
