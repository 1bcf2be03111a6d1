import type { Family } from "../addresses/address.ts";
import type { RingPlace } from "./design.ts";
import type { RingDial } from "./results.ts";

/** What dials that fail have in common: as much as they carry, and no cause. */
export type RingScope =
  | { readonly is: "all" }
  /** Every dial that begins or ends there. */
  | { readonly is: "zone" | "kind"; readonly name: string }
  /** Between one and the other, from the first to the second where `oneWay`. */
  | {
      readonly is: "zones" | "kinds";
      readonly between: readonly [string, string];
      readonly oneWay?: true;
    }
  /** Dials of one node: both ways, or only those that begin (`from`) or end (`to`) there. */
  | { readonly is: "node"; readonly node: string; readonly way: "both" | "from" | "to" }
  /** Dials between one node and a zone it is not in, or is. */
  | { readonly is: "node-zone"; readonly node: string; readonly zone: string }
  | { readonly is: "pair"; readonly from: string; readonly to: string };

export interface RingFinding {
  readonly family: Family;
  readonly scope: RingScope;
  /** Of so many dials within the scope. */
  readonly dials: number;
  readonly failed: number;
  /** The dials that fail and that it explains. */
  readonly failing: readonly RingDial[];
  /** The same dials over the other family: what works there is no matter of the node being away. */
  readonly otherFamily: { readonly dialled: number; readonly failed: number };
}

/** A dial as it is judged: by the latest time it was made. */
interface Judged extends RingDial {
  readonly failed: boolean;
}

/**
 * The fewest scopes whose dials all fail and that explain every dial that fails, the one that explains most first; what is in none is
 * left as single pairs. Of a node at least two partners must have been dialled, of anything larger three pairs.
 */
export function locate(places: readonly RingPlace[], dials: readonly RingDial[]): readonly RingFinding[] {
  const byNode = new Map(places.map((place) => [place.node, place]));
  const latest = [...new Map(dials.map((dial) => [dialKey(dial), dial])).values()];
  const judged = latest
    .filter(({ from, to }) => byNode.has(from) && byNode.has(to))
    .map((dial): Judged => ({ ...dial, failed: dial.outcome !== "ok" }));
  return (["IPv6", "IPv4"] as const).flatMap((family) => {
    const own = judged.filter((dial) => dial.family === family);
    const other = new Map(judged.filter((dial) => dial.family !== family).map((dial) => [pairOf(dial), dial]));
    return explained(own, byNode).map(({ scope, all, failing }): RingFinding => {
      const same = failing.flatMap((dial) => other.get(pairOf(dial)) ?? []);
      const otherFamily = { dialled: same.length, failed: same.filter(({ failed }) => failed).length };
      return { family, scope, dials: all.length, failed: failing.length, failing, otherFamily };
    });
  });
}

interface Group {
  readonly scope: RingScope;
  readonly all: readonly Judged[];
  readonly failing: readonly Judged[];
}

function explained(dials: readonly Judged[], byNode: ReadonlyMap<string, RingPlace>): Group[] {
  const found: Group[] = [];
  const taken = new Set<Judged>();
  let groups = groupsOf(dials, byNode);
  for (;;) {
    const [best] = groups
      .filter(({ all, failing, scope }) => failing.length === all.length && carries(scope, all))
      .sort((a, b) => b.failing.length - a.failing.length || rank(a.scope) - rank(b.scope));
    if (!best) break;
    found.push(best);
    for (const dial of best.all) taken.add(dial);
    groups = groups.flatMap(({ scope, all }) =>
      groupIn(
        scope,
        all.filter((dial) => !taken.has(dial)),
      ),
    );
  }
  const open = dials.filter((dial) => !taken.has(dial));
  return [
    ...found,
    ...mostly(
      open,
      open.filter(({ failed }) => failed),
    ),
  ];
}

/** Every scope of a dial that fails, with all dials in it. */
function groupsOf(dials: readonly Judged[], byNode: ReadonlyMap<string, RingPlace>): Group[] {
  const inScopes = new Map<string, { readonly scope: RingScope; readonly all: Judged[] }>();
  for (const dial of dials.filter(({ failed }) => failed))
    for (const scope of scopesOf(dial, byNode)) inScopes.set(JSON.stringify(scope), { scope, all: [] });
  if (inScopes.size === 0) return [];
  for (const dial of dials)
    for (const scope of scopesOf(dial, byNode)) inScopes.get(JSON.stringify(scope))?.all.push(dial);
  return [...inScopes.values()].flatMap(({ scope, all }) => groupIn(scope, all));
}

function groupIn(scope: RingScope, all: readonly Judged[]): Group[] {
  const failing = all.filter(({ failed }) => failed);
  return failing.length === 0 ? [] : [{ scope, all, failing }];
}

/** Two dials to one neighbour say as much of him as of the node. */
function carries(scope: RingScope, dials: readonly Judged[]): boolean {
  const pairs = new Set(dials.map(({ from, to }) => [from, to].sort().join(" ")));
  if (scope.is === "node") return pairs.size >= 2;
  const nodes = (end: "from" | "to") => new Set(dials.map((dial) => dial[end])).size;
  if (scope.is === "node-zone") return pairs.size >= 3;
  return pairs.size >= 3 && nodes("from") >= 2 && nodes("to") >= 2;
}

/** Of scopes that explain the same the one whose fault is nearest at hand. */
function rank({ is }: RingScope): number {
  return ["node", "all", "zone", "zones", "kind", "kinds", "node-zone", "pair"].indexOf(is);
}

function scopesOf({ from, to }: RingDial, byNode: ReadonlyMap<string, RingPlace>): RingScope[] {
  const [a, b] = [byNode.get(from), byNode.get(to)];
  const pair = (of: "zone" | "kind"): RingScope[] => {
    const [x, y] = [a?.[of] ?? "", b?.[of] ?? ""];
    if (x === "" || y === "") return [];
    const single = [...new Set([x, y])].map((name): RingScope => ({ is: of, name }));
    if (x === y) return single;
    const between = x < y ? ([x, y] as const) : ([y, x] as const);
    const is = `${of}s` as const;
    return [...single, { is, between }, { is, between: [x, y], oneWay: true }];
  };
  const zones: RingScope[] = [
    ...(b?.zone ? [{ is: "node-zone", node: from, zone: b.zone } as const] : []),
    ...(a?.zone ? [{ is: "node-zone", node: to, zone: a.zone } as const] : []),
  ];
  return [
    { is: "all" },
    { is: "node", node: from, way: "both" },
    { is: "node", node: to, way: "both" },
    { is: "node", node: from, way: "from" },
    { is: "node", node: to, way: "to" },
    ...pair("zone"),
    ...pair("kind"),
    ...zones,
  ];
}

/** What no scope explains: a node that fails in most of its dials, else single pairs. */
function mostly(open: readonly Judged[], rest: readonly Judged[]): Group[] {
  const found: Group[] = [];
  let left = rest;
  for (;;) {
    const counts = new Map<string, number>();
    for (const { from, to } of left) for (const node of [from, to]) counts.set(node, (counts.get(node) ?? 0) + 1);
    const [worst] = [...counts].sort(([, a], [, b]) => b - a);
    if (!worst || worst[1] < 4) break;
    const [node, failed] = worst;
    const all = open.filter(({ from, to }) => from === node || to === node);
    if (failed * 2 < all.length) break;
    const failing = left.filter(({ from, to }) => from === node || to === node);
    found.push({ scope: { is: "node", node, way: "both" }, all, failing });
    left = left.filter((dial) => !failing.includes(dial));
  }
  const single = left.map(
    (dial): Group => ({
      scope: { is: "pair", from: dial.from, to: dial.to },
      all: [dial],
      failing: [dial],
    }),
  );
  return [...found, ...single];
}

export function dialKey({ from, to, family }: RingDial): string {
  return `${from} ${to} ${family}`;
}

function pairOf({ from, to }: RingDial): string {
  return `${from} ${to}`;
}
