import { compareBigInts, type Span, spanOf, spansOverlap } from "../addresses/span.ts";
import type { KnownFact } from "../lint/fact.ts";
import type { World } from "../lint/rule.ts";
import { collide, type OwnedRange } from "./collide.ts";
import { ranges, type WrittenRange } from "./ranges.ts";
import { sameCluster } from "./same-cluster.ts";

/** One range among all that are known. */
interface Entry extends OwnedRange {
  readonly span: Span;
  readonly file: string;
  /** Its resource's place among all, and its own place in that resource. */
  readonly of: number;
  readonly at: number;
  /** It belongs to the configuration that a cluster has one of, so that it holds for other files too. */
  readonly everywhere: boolean;
}

/**
 * What a range collides with, if it is the one to report: of two in a file the later one, across files the one that is
 * not the cluster's own configuration. `of` and `at` number the resource and the range in it.
 */
export function collisionOf(world: World, of: number, at: number): OwnedRange | undefined {
  return world.digest(ranges, collisions).get(`${of} ${at}`);
}

/**
 * Walks the ranges in the order of addresses, so that only those that overlap meet. Where thousands lie in each other, each is compared
 * with the first of these alone: whichever it collides with, it has to move.
 */
function collisions(all: readonly KnownFact<readonly WrittenRange[]>[]): ReadonlyMap<string, OwnedRange> {
  const first = new Map<string, Entry>();
  let open: Entry[] = [];
  let ends: bigint | undefined;
  for (const entry of entriesOf(all)) {
    // Most often none has ended.
    if (ends === undefined || ends < entry.span.first.value || open[0]?.span.first.family !== entry.span.first.family) {
      open = open.filter(({ span }) => spansOverlap(span, entry.span));
      ends = open.reduce<bigint | undefined>((least, { span }) => lesser(least, span.last.value), undefined);
    }
    for (const other of open.length > enough ? open.slice(0, enough) : open) {
      const [accused, witness] = roles(entry, other);
      if (!accused || !witness || !collide(witness, accused)) continue;
      const key = `${accused.of} ${accused.at}`;
      const before = first.get(key);
      if (!before || isBefore(witness, before)) first.set(key, witness);
    }
    open.push(entry);
    ends = lesser(ends, entry.span.last.value);
  }
  return first;
}

/** More ranges than anybody has in each other. */
const enough = 200;

function lesser(a: bigint | undefined, b: bigint): bigint {
  return a !== undefined && a < b ? a : b;
}

function entriesOf(all: readonly KnownFact<readonly WrittenRange[]>[]): Entry[] {
  const singular = new Set(sameCluster(all, undefined));
  const entries = all.flatMap((known, of) =>
    known.value.flatMap((range, at): Entry[] => {
      const span = spanOf(range.text);
      const { kind, name, file } = known;
      return span ? [{ ...range, kind, name, file, span, of, at, everywhere: singular.has(known) }] : [];
    }),
  );
  const family = ({ span }: Entry) => (span.first.family === "IPv4" ? 0 : 1);
  return entries.sort((a, b) => family(a) - family(b) || compareBigInts(a.span.first.value, b.span.first.value));
}

/** Which of two is to be reported, and what it collides with; neither if nothing says that they share a cluster. */
function roles(a: Entry, b: Entry): readonly [Entry?, Entry?] {
  if (a.file === b.file) return isBefore(a, b) ? [b, a] : [a, b];
  if (a.everywhere === b.everywhere) return [];
  return a.everywhere ? [b, a] : [a, b];
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.of === b.of ? a.at < b.at : a.of < b.of;
}
