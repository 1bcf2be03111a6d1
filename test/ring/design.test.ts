import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { coverageOf, foundAmong } from "#core/ring/coverage.ts";
import { designRing, type RingPlace, randomFrom, zonePair } from "#core/ring/design.ts";

/** Zones of unequal sizes, kinds that are rare. */
function places(count: number, zones: readonly number[] = [1, 1, 1]): RingPlace[] {
  const drawn = zones.flatMap((share, zone) => new Array<string>(share).fill(`zone-${zone}`));
  return Array.from({ length: count }, (_, index) => ({
    node: `n${index}`,
    zone: drawn[index % drawn.length] ?? "",
    kind: index % 17 === 0 ? "arm" : "amd",
  }));
}

function partnersOf(count: number, pairs: readonly (readonly [number, number])[]): Set<number>[] {
  const partners = Array.from({ length: count }, () => new Set<number>());
  for (const [a, b] of pairs) {
    partners[a]?.add(b);
    partners[b]?.add(a);
  }
  return partners;
}

describe("a ring", () => {
  for (const count of [0, 1, 2, 3, 10, 11, 12, 50, 333, 1000])
    for (const wanted of [1, 4, 10, 13])
      test(`${count} nodes have at least ${wanted} partners each, or all others`, () => {
        const { pairs, partners, complete } = designRing(places(count), wanted, randomFrom(count * wanted));
        const found = partnersOf(count, pairs);
        const least = Math.min(wanted, Math.max(count - 1, 0));
        for (const [index, own] of found.entries()) {
          assert.ok(own.size >= least, `n${index} has ${own.size}`);
          assert.ok(!own.has(index));
        }
        if (count > 1) assert.equal(Math.min(...found.map(({ size }) => size)), partners);
        assert.equal(new Set(pairs.map((pair) => pair.join())).size, pairs.length, "each pair once");
        assert.ok(pairs.every(([a, b]) => a < b));
        if (complete) assert.equal(2 * pairs.length, Math.max(count * (count - 1), 0));
      });

  for (const zones of [
    [1, 1, 1],
    [5, 3, 1],
    [1, 1, 1, 1, 1, 1],
  ])
    test(`zones of the sizes ${zones.join(":")} are dialled between as evenly as they are large`, () => {
      for (let seed = 0; seed < 20; seed++) {
        const all = places(360, zones);
        const { pairs } = designRing(all, 10, randomFrom(seed));
        const found = new Map<string, number>();
        for (const [a, b] of pairs) {
          const key = zonePair(all[a]?.zone ?? "", all[b]?.zone ?? "");
          found.set(key, (found.get(key) ?? 0) + 1);
        }
        const sizes = Map.groupBy(all, ({ zone }) => zone);
        for (const a of sizes.keys())
          for (const b of sizes.keys()) {
            if (a >= b) continue;
            const even = (pairs.length * (sizes.get(a)?.length ?? 0) * (sizes.get(b)?.length ?? 0)) / ((360 * 359) / 2);
            const got = found.get(zonePair(a, b)) ?? 0;
            assert.ok(got >= even / 2, `seed ${seed}: ${a} and ${b}: ${got} of ${even}`);
          }
      }
    });

  test("the same seed draws the same ring, another one another", () => {
    const drawn = (seed: number) => JSON.stringify(designRing(places(100), 10, randomFrom(seed)).pairs);
    assert.equal(drawn(1), drawn(1));
    assert.notEqual(drawn(1), drawn(2));
  });
});

describe("what is said of the coverage", () => {
  const count = 120;
  const tries = 600;

  test("one failing pair, drawn anywhere, is among the dialled ones as often as is said", () => {
    const random = randomFrom(5);
    let found = 0;
    let said = 0;
    for (let round = 0; round < tries; round++) {
      const all = places(count, [5, 3, 1]);
      const { pairs } = designRing(all, 10, randomFrom(round));
      said = coverageOf(all, pairs).onePair;
      const a = Math.floor(random() * count);
      const b = (a + 1 + Math.floor(random() * (count - 1))) % count;
      if (pairs.some(([x, y]) => (x === a && y === b) || (x === b && y === a))) found++;
    }
    assert.equal(said, 10 / (count - 1));
    // Three standard deviations of so many tries.
    assert.ok(
      Math.abs(found / tries - said) < 3 * Math.sqrt((said * (1 - said)) / tries),
      `${found / tries} of ${said}`,
    );
  });

  test("a node that does not reach every second other one is found as often as is said", () => {
    const [few, wanted] = [60, 4];
    const random = randomFrom(9);
    let found = 0;
    let said = 0;
    for (let round = 0; round < tries; round++) {
      const all = places(few);
      const { pairs } = designRing(all, wanted, randomFrom(round + 1000));
      said = coverageOf(all, pairs).halfDeafNode;
      const own = Math.floor(random() * few);
      const others = all.map((_, index) => index).filter((index) => index !== own);
      const bad = new Set<number>();
      while (bad.size < Math.floor((few - 1) / 2)) bad.add(others[Math.floor(random() * others.length)] ?? 0);
      if (pairs.some(([a, b]) => (a === own && bad.has(b)) || (b === own && bad.has(a)))) found++;
    }
    assert.ok(
      Math.abs(found / tries - said) < 3 * Math.sqrt((said * (1 - said)) / tries),
      `${found / tries} of ${said}`,
    );
  });

  test("it is exact for what can be countOf by hand, and never more than what was dialled", () => {
    assert.equal(foundAmong(4, 2, 1), 0.5);
    assert.equal(foundAmong(4, 2, 3), 1);
    assert.equal(foundAmong(10, 0, 5), 0);
    const all = places(4, [1, 1]);
    const none = coverageOf(all, []);
    assert.deepEqual([none.partners, none.onePair, none.halfDeafNode, none.zonePairsNotDialled], [0, 0, 0, 1]);
    const one = coverageOf(all, [[0, 1]]);
    assert.deepEqual([one.partners, one.pairs, one.zonePairsNotDialled], [0, 1, 0]);
    assert.deepEqual(one.leastZonePair, { zones: ["zone-0", "zone-1"], pairs: 1 });
  });
});
