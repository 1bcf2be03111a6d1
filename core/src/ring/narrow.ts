import { type RingPlace, shuffled } from "./design.ts";
import { dialKey, type RingFinding, type RingScope } from "./locate.ts";
import type { RingPair } from "./plan.ts";
import type { RingDial } from "./results.ts";

/** So many fresh pairs try to refute one finding. */
const fresh = 6;
/** More findings than these are not worth a dial each: the first ones, which explain most, are. */
const mostFindings = 40;

/**
 * The dials of the next round: of each finding some that failed once more, and as many that were never made and could refute it or show
 * that more is behind it. Partners are nodes of which nothing else fails, from zones and kinds as different as there are.
 */
export function nextDials(
  places: readonly RingPlace[],
  dials: readonly RingDial[],
  findings: readonly RingFinding[],
  random: () => number,
): readonly RingPair[] {
  const indexOf = new Map(places.map(({ node }, index) => [node, index]));
  const made = new Set(dials.map(dialKey));
  const bad = new Set(findings.flatMap(({ scope }) => (scope.is === "node" ? [scope.node] : [])));
  const sound = apart(
    shuffled(
      places.filter(({ node }) => !bad.has(node)),
      random,
    ),
  );
  const wanted = findings.slice(0, mostFindings).flatMap(({ scope, family, failing }) => {
    const again = shuffled(failing, random)
      .slice(0, fresh)
      .map(({ from, to }) => [from, to] as const);
    const untried = pairsIn(scope, sound, places).filter(
      ([from, to]) => !made.has(dialKey({ from, to, family } as RingDial)),
    );
    return [...again, ...untried];
  });
  const dialled = wanted.flatMap(([from, to]): RingPair[] => {
    const [a, b] = [indexOf.get(from), indexOf.get(to)];
    return a === undefined || b === undefined || a === b ? [] : [[a, b]];
  });
  return [...new Map(dialled.map((dial) => [dial.join(), dial])).values()];
}

type Names = readonly [from: string, to: string];

/** Pairs that a finding speaks of, and for a single pair those around it: the same zones, with one end or both exchanged. */
function pairsIn(scope: RingScope, sound: readonly RingPlace[], places: readonly RingPlace[]): Names[] {
  const both = (a: string, b: string): Names[] =>
    a === b
      ? []
      : [
          [a, b],
          [b, a],
        ];
  const placeOf = (node: string) => places.find((place) => place.node === node);
  const inZone = (zone: string) => sound.filter((place) => place.zone === zone).slice(0, fresh);
  switch (scope.is) {
    case "node": {
      const own = placeOf(scope.node);
      const others = sound.filter(({ node }) => node !== own?.node).slice(0, fresh);
      return others.flatMap(({ node }) => both(scope.node, node));
    }
    case "node-zone":
      return inZone(scope.zone).flatMap(({ node }) => both(scope.node, node));
    case "pair": {
      const [a, b] = [placeOf(scope.from), placeOf(scope.to)];
      const near = (of: RingPlace | undefined) => inZone(of?.zone ?? "").filter(({ node }) => node !== of?.node);
      const [nearA, nearB] = [near(a).slice(0, 3), near(b).slice(0, 3)];
      return [
        ...both(scope.from, scope.to),
        ...nearB.map(({ node }): Names => [scope.from, node]),
        ...nearA.map(({ node }): Names => [node, scope.to]),
        ...nearA.flatMap(({ node }, at) => (nearB[at] ? both(node, nearB[at].node) : [])),
      ];
    }
    case "zones":
    case "kinds": {
      const of = scope.is === "zones" ? "zone" : "kind";
      const [from, to] = scope.between.map((name) => sound.filter((place) => place[of] === name));
      return (from ?? []).slice(0, fresh).flatMap(({ node }, at) => (to?.[at] ? both(node, to[at].node) : []));
    }
    case "zone":
    case "kind": {
      const inside = sound.filter((place) => place[scope.is] === scope.name).slice(0, fresh);
      const outside = sound.filter((place) => place[scope.is] !== scope.name);
      return inside.flatMap(({ node }, at) => (outside[at] ? both(node, outside[at].node) : []));
    }
    case "all":
      return sound.slice(0, fresh).flatMap(({ node }, at) => both(node, sound[at + fresh]?.node ?? node));
  }
}

/** Zones and kinds in turn. */
function apart(places: readonly RingPlace[]): RingPlace[] {
  const groups = [...Map.groupBy(places, ({ zone, kind }) => JSON.stringify([zone, kind])).values()];
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => groups.flatMap((group) => group[at] ?? [])).flat();
}
