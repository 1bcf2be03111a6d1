/** Where a node stands: what a fault may have in common with another node's. */
export interface RingPlace {
  readonly node: string;
  /** `topology.kubernetes.io/zone`; empty where it has none. */
  readonly zone: string;
  /** What kind of node it is: kernel, system image, architecture, instance type. */
  readonly kind: string;
}

export interface RingDesign {
  /** Pairs of places by their indexes, the smaller one first; each is dialled from both ends. */
  readonly pairs: readonly (readonly [number, number])[];
  /** The fewest partners that a place has. */
  readonly partners: number;
  /** Every place with every other one. */
  readonly complete: boolean;
}

/**
 * A ring of places in which each has the same steps to its partners, at least `wanted` of them. Zones and kinds follow each other
 * evenly around the ring, in an order and with steps that are drawn by `random` (0 to 1), so that any pair may be among them.
 */
export function designRing(places: readonly RingPlace[], wanted: number, random: () => number): RingDesign {
  const count = places.length;
  const most = Math.floor((count - 1) / 2);
  const half = Math.ceil(wanted / 2);
  if (half >= most) return everyPair(count);
  const order = interleaved(places, random);
  const tried = Array.from({ length: 12 }, () => drawn(half, most, random));
  const scored = tried.map((steps): Scored => ({ steps, score: spreadOf(places, order, steps) }));
  const best = scored.reduce(better);
  const pairs = best.steps.flatMap((step) =>
    order.map((own, at) => {
      const other = order[(at + step) % count] ?? 0;
      return own < other ? ([own, other] as const) : ([other, own] as const);
    }),
  );
  return { pairs, partners: 2 * half, complete: false };
}

function everyPair(count: number): RingDesign {
  const pairs = Array.from({ length: count }, (_, a) =>
    Array.from({ length: count - a - 1 }, (_, b) => [a, a + 1 + b] as const),
  ).flat();
  return { pairs, partners: Math.max(count - 1, 0), complete: true };
}

/** Each group (a kind in a zone) at even distances around the ring, its own order drawn. */
function interleaved(places: readonly RingPlace[], random: () => number): number[] {
  const indexes = places.map((_, index) => index);
  const groups = Map.groupBy(shuffled(indexes, random), (index) => groupOf(places[index]));
  return [...groups.values()]
    .flatMap((group) => {
      const start = random();
      return group.map((index, at) => ({ index, position: (at + start) / group.length }));
    })
    .sort((a, b) => a.position - b.position)
    .map(({ index }) => index);
}

function groupOf(place: RingPlace | undefined): string {
  return JSON.stringify([place?.zone, place?.kind]);
}

/** So many different steps, none of them half the ring or more. */
function drawn(count: number, most: number, random: () => number): number[] {
  const steps = new Set<number>();
  while (steps.size < count) steps.add(1 + Math.floor(random() * most));
  return [...steps];
}

interface Scored {
  readonly steps: readonly number[];
  readonly score: number;
}

function better(a: Scored, b: Scored): Scored {
  return b.score > a.score ? b : a;
}

/** How evenly the pairs lie between groups: the worst of all pairs of zones, of what an even spread would give it. */
function spreadOf(places: readonly RingPlace[], order: readonly number[], steps: readonly number[]): number {
  const zones = [...Map.groupBy(places, ({ zone }) => zone)].map(([zone, { length }]) => ({ zone, length }));
  const found = new Map<string, number>();
  for (const step of steps)
    order.forEach((own, at) => {
      const key = zonePair(places[own]?.zone ?? "", places[order[(at + step) % order.length] ?? 0]?.zone ?? "");
      found.set(key, (found.get(key) ?? 0) + 1);
    });
  const all = order.length * steps.length;
  const shares = zones.flatMap((a, index) =>
    zones.slice(index).map((b) => {
      const ways = a === b ? (a.length * (a.length - 1)) / 2 : a.length * b.length;
      const even = (all * ways) / ((order.length * (order.length - 1)) / 2);
      return even === 0 ? 1 : (found.get(zonePair(a.zone, b.zone)) ?? 0) / even;
    }),
  );
  return Math.min(1, ...shares);
}

/** The same for both directions. */
export function zonePair(a: string, b: string): string {
  return JSON.stringify(a < b ? [a, b] : [b, a]);
}

export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const mixed = [...values];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

/** Numbers from 0 to 1, the same ones for the same seed: a run can be repeated. Mulberry32, 32 bits. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
