import { type RingPlace, zonePair } from "./design.ts";

/** What a set of dialled pairs can and cannot find. */
export interface Coverage {
  readonly nodes: number;
  /** The fewest partners that a node was dialled with. */
  readonly partners: number;
  readonly pairs: number;
  /** Of all pairs of nodes the share that was dialled: so likely is it that one failing pair between two healthy nodes is among them. */
  readonly onePair: number;
  /** How likely it is that a node which cannot reach every second other node fails in at least one of its dials. */
  readonly halfDeafNode: number;
  readonly zones: number;
  /** The pair of zones that was dialled by the fewest pairs of nodes; absent with a single zone. */
  readonly leastZonePair?: { readonly zones: readonly [string, string]; readonly pairs: number };
  /** Pairs of zones between which nothing was dialled. */
  readonly zonePairsNotDialled: number;
}

/** Of pairs that were really dialled, each once, by the indexes of their places. */
export function coverageOf(places: readonly RingPlace[], pairs: readonly (readonly [number, number])[]): Coverage {
  const count = places.length;
  const partners = new Array<number>(count).fill(0);
  const between = new Map<string, number>();
  for (const [a, b] of pairs) {
    partners[a] = (partners[a] ?? 0) + 1;
    partners[b] = (partners[b] ?? 0) + 1;
    const key = zonePair(places[a]?.zone ?? "", places[b]?.zone ?? "");
    between.set(key, (between.get(key) ?? 0) + 1);
  }
  const fewest = Math.min(...partners);
  const zones = [...new Set(places.map(({ zone }) => zone))].sort();
  const across = zones.flatMap((a, index) =>
    zones.slice(index + 1).map((b) => ({ zones: [a, b] as const, pairs: between.get(zonePair(a, b)) ?? 0 })),
  );
  const least = across.reduce<(typeof across)[number] | undefined>(
    (low, one) => (low && low.pairs <= one.pairs ? low : one),
    undefined,
  );
  return {
    nodes: count,
    partners: count === 0 ? 0 : fewest,
    pairs: pairs.length,
    onePair: count < 2 ? 0 : pairs.length / ((count * (count - 1)) / 2),
    halfDeafNode: count < 2 ? 0 : foundAmong(count - 1, Math.floor((count - 1) / 2), fewest),
    zones: zones.length,
    ...(least ? { leastZonePair: least } : {}),
    zonePairsNotDialled: across.filter((one) => one.pairs === 0).length,
  };
}

/** How likely it is that of `drawn` out of `all` at least one is among the `bad` ones. */
export function foundAmong(all: number, bad: number, drawn: number): number {
  let missed = 1;
  for (let index = 0; index < drawn; index++) {
    if (all - index <= 0) break;
    missed *= Math.max(all - bad - index, 0) / (all - index);
  }
  return 1 - missed;
}
