import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Family } from "#core/addresses/address.ts";
import { scopeWords } from "#core/report/ring.ts";
import { designRing, type RingPlace, randomFrom } from "#core/ring/design.ts";
import { locate, type RingFinding } from "#core/ring/locate.ts";
import { nextDials } from "#core/ring/narrow.ts";
import type { RingPair } from "#core/ring/plan.ts";
import type { RingDial } from "#core/ring/results.ts";

type Truth = (from: RingPlace, to: RingPlace, family: Family, round: number) => boolean;

function places(count: number): RingPlace[] {
  return Array.from({ length: count }, (_, index) => ({
    node: `n${index}`,
    zone: `z${index % 3}`,
    kind: index % 5 === 0 ? "old" : "new",
  }));
}

/** Dials around a ring and narrows down, as a run does, and says what is found. */
function found(all: readonly RingPlace[], works: Truth, { seed = 1, partners = 10 } = {}) {
  const random = randomFrom(seed);
  const { pairs } = designRing(all, partners, random);
  const dialled = (dials: readonly RingPair[], round: number) =>
    dials.flatMap(([a, b]): RingDial[] =>
      (["IPv4", "IPv6"] as const).map((family) => {
        const [from, to] = [all[a] as RingPlace, all[b] as RingPlace];
        const ok = works(from, to, family, round);
        return { from: from.node, to: to.node, family, outcome: ok ? "ok" : "timeout", tries: ok ? 1 : 2 };
      }),
    );
  let dials = dialled(
    pairs.flatMap(([a, b]): RingPair[] => [
      [a, b],
      [b, a],
    ]),
    1,
  );
  const first = dials.length;
  let findings = locate(all, dials);
  for (let round = 2; round <= 5 && findings.length > 0; round++) {
    dials = [...dials, ...dialled(nextDials(all, dials, findings, random), round)];
    findings = locate(all, dials);
  }
  return { said: findings.map(said), findings, more: dials.length - first };
}

function said({ family, scope }: RingFinding): string {
  return `${family} ${scopeWords(scope)}`;
}

const six = (family: Family) => family === "IPv6";

describe("what fails is named by what it has in common", () => {
  const all = places(60);
  const cases: [string, Truth, string[]][] = [
    ["nothing", () => true, []],
    ["a node", (a, b, f) => !(six(f) && [a.node, b.node].includes("n7")), ["IPv6 from and to node n7"]],
    ["what a node sends", (a, _, f) => !(six(f) && a.node === "n7"), ["IPv6 from node n7"]],
    ["what comes to a node", (_, b, f) => !(six(f) && b.node === "n7"), ["IPv6 to node n7"]],
    [
      "two nodes",
      (a, b, f) => !(six(f) && [a.node, b.node].some((node) => /^n(7|20)$/.test(node))),
      ["IPv6 from and to node n7", "IPv6 from and to node n20"],
    ],
    [
      "a pair of zones",
      (a, b, f) => !(six(f) && [a.zone, b.zone].sort().join() === "z0,z1"),
      ["IPv6 between zone z0 and zone z1"],
    ],
    [
      "one way between zones",
      (a, b, f) => !(six(f) && a.zone === "z2" && b.zone === "z0"),
      ["IPv6 from zone z2 to zone z0"],
    ],
    ["a zone", (a, b, f) => !(six(f) && [a.zone, b.zone].includes("z1")), ["IPv6 from and to every node of zone z1"]],
    [
      "a kind",
      (a, b, f) => !(six(f) && [a.kind, b.kind].includes("old")),
      ["IPv6 from and to every node of the kind old"],
    ],
    ["all of IPv6", (_a, _b, f) => !six(f), ["IPv6 between all nodes"]],
    [
      "both families of a node",
      (a, b) => ![a.node, b.node].includes("n7"),
      ["IPv6 from and to node n7", "IPv4 from and to node n7"],
    ],
    [
      "a node and a pair of zones it is not in",
      (a, b, f) => !(six(f) && ([a.zone, b.zone].sort().join() === "z0,z1" || [a.node, b.node].includes("n8"))),
      ["IPv6 between zone z0 and zone z1", "IPv6 from and to node n8"],
    ],
  ];
  for (const [name, truth, expected] of cases)
    test(name, () => {
      for (let seed = 0; seed < 10; seed++) {
        const { said: words } = found(all, truth, { seed });
        assert.deepEqual([...words].sort(), [...expected].sort(), `seed ${seed}`);
      }
    });

  test("a single pair, where it was dialled, and nothing of its nodes", () => {
    const { pairs } = designRing(all, 10, randomFrom(3));
    const [x = 0, y = 0] = pairs[17] ?? [];
    const bad = [`n${x}`, `n${y}`];
    const { said: words } = found(all, (a, b, f) => !(six(f) && bad.includes(a.node) && bad.includes(b.node)), {
      seed: 3,
    });
    assert.deepEqual(words.sort(), [`IPv6 from node n${x} to node n${y}`, `IPv6 from node n${y} to node n${x}`].sort());
  });

  test("what fails in the first round only is not said to fail", () => {
    const { said: words } = found(all, (a, b, _, round) => round > 1 || ![a.node, b.node].includes("n7"));
    assert.deepEqual(words, []);
  });

  test("a node whose partners of the ring alone do not reach it is not said to reach nobody", () => {
    const deaf = new Set([
      "n1",
      "n2",
      "n3",
      "n4",
      "n5",
      "n6",
      "n9",
      "n10",
      "n11",
      "n12",
      "n13",
      "n14",
      "n15",
      "n16",
      "n17",
    ]);
    const truth: Truth = (a, b) => !((a.node === "n7" && deaf.has(b.node)) || (b.node === "n7" && deaf.has(a.node)));
    for (let seed = 0; seed < 10; seed++)
      for (const { scope, failed, dials } of found(all, truth, { seed }).findings)
        if (scope.is === "node") assert.ok(failed < dials, `seed ${seed}: ${failed} of ${dials}`);
  });

  test("the other family stands beside it, and little more is dialled", () => {
    const { findings, more } = found(places(500), (a, b, f) => !(six(f) && [a.node, b.node].includes("n7")));
    assert.equal(findings.length, 1);
    assert.equal(findings[0]?.otherFamily.failed, 0);
    assert.ok((findings[0]?.otherFamily.dialled ?? 0) >= 20);
    assert.ok(more < 400, `${more}`);
  });

  test("of two nodes neither is named, only the pair", () => {
    const { said: words } = found(places(2), (_a, _b, f) => !six(f));
    assert.deepEqual(words, ["IPv6 from node n0 to node n1", "IPv6 from node n1 to node n0"]);
  });

  test("of three nodes the one that both others miss is named", () => {
    const { said: words } = found(places(3), (a, b, f) => !(six(f) && [a.node, b.node].includes("n1")));
    assert.deepEqual(words, ["IPv6 from and to node n1"]);
  });
});
