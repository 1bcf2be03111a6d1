import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { formatPrefix } from "#core/addresses/address.ts";
import { formatSpan, freeOf, prefixesOfSpan, type Span, spanOf, spanSize, spansOverlap } from "#core/addresses/span.ts";
import type { PlacedPrefix } from "#core/plan/model.ts";
import { buildPlan, planToJson, planToMarkdown } from "#core/plan/plan.ts";

function placed(text: string, more: Partial<PlacedPrefix> = {}): PlacedPrefix {
  const span = spanOf(text) ?? assert.fail(`${text} is no range`);
  const path = more.path ?? `spec.${text}`;
  return {
    span,
    role: "pod",
    text,
    kind: "ClusterConfiguration",
    name: undefined,
    file: "a.yaml",
    document: 0,
    ...more,
    path,
  };
}

describe("the address plan", () => {
  it("puts inner ranges below those that hold them, IPv4 first, whatever order they come in", () => {
    const { roots } = buildPlan(
      ["fd00:1::/64", "10.1.0.0/16", "fd00:1::/48", "fd00:1:0:1::/64"].map((text) => placed(text)),
    );
    const shape = (nodes: typeof roots): unknown => nodes.map((node) => [formatSpan(node.span), shape(node.children)]);
    assert.deepEqual(shape(roots), [
      ["10.1.0.0/16", []],
      [
        "fd00:1::/48",
        [
          ["fd00:1::/64", []],
          ["fd00:1:0:1::/64", []],
        ],
      ],
    ]);
  });

  it("keeps one range that is written twice as one node with both places", () => {
    const { roots } = buildPlan([placed("FD00:1:0::/48", { file: "a" }), placed("fd00:1::/48", { file: "b" })]);
    assert.deepEqual(
      roots.map(({ entries }) => entries.map(({ file }) => file)),
      [["a", "b"]],
    );
  });

  it("names the free blocks, the largest first", () => {
    const { roots } = buildPlan([placed("10.0.0.0/22"), placed("10.0.0.0/24"), placed("10.0.1.128/25")]);
    const [root] = roots;
    assert.ok(root);
    assert.deepEqual(root.free.map(formatPrefix), ["10.0.2.0/23", "10.0.1.0/25"]);
  });

  it("tells pods from Services, and two pools, but not a pool from the podSubnet it is cut out of", () => {
    const pods = placed("10.0.0.0/8");
    const services = placed("10.96.0.0/16", { role: "service" });
    const pool = (name: string) => placed("10.1.0.0/16", { kind: "IPPool", name });
    const { overlaps } = buildPlan([pods, services, pool("a"), pool("b")]);
    assert.deepEqual(
      overlaps.map(({ first, second }) => [first.name ?? first.role, second.name ?? second.role]),
      [
        ["pod", "service"],
        ["a", "b"],
      ],
    );
  });

  it("takes a plan's `prefix` for the whole of what stands below it", () => {
    const entry = (path: string, text: string) => placed(text, { role: "plan", kind: "AddressPlan", path });
    const whole = entry("addressing.prefix", "fd00::/32");
    const part = entry("addressing.clusters.a", "fd00:0:1::/48");
    assert.deepEqual(buildPlan([whole, part]).overlaps, []);
    assert.equal(
      buildPlan([entry("addressing.a", "fd00::/32"), entry("addressing.b", "fd00::/48")]).overlaps.length,
      1,
    );
  });

  it("prints Markdown and JSON", () => {
    const plan = buildPlan([
      placed("10.0.0.0/23", { path: "a" }),
      placed("10.0.0.0/24", { role: "service", path: "b" }),
    ]);
    assert.equal(
      planToMarkdown(plan),
      `# Address plan

## Overlaps

- 10.0.0.0/24 (ClusterConfiguration, b in a.yaml) overlaps 10.0.0.0/23 (ClusterConfiguration, a in a.yaml)

## Ranges

- \`10.0.0.0/23\` pod, ClusterConfiguration, a in a.yaml
  - \`10.0.0.0/24\` service, ClusterConfiguration, b in a.yaml
  - free: \`10.0.1.0/24\`
`,
    );
    assert.deepEqual(JSON.parse(JSON.stringify(planToJson(plan))).roots[0].free, ["10.0.1.0/24"]);
    const own = buildPlan([placed("10.0.0.0/23", { role: "plan", kind: "AddressPlan", path: "addressing.a" })]);
    assert.match(planToMarkdown(own), /plan, address plan, addressing\.a in/, "no kind of our own is shown");
  });
});

describe("spans", () => {
  const span = fc.tuple(fc.nat(4095), fc.nat(4095)).map(([a, b]): Span => {
    const at = (value: number) => ({ family: "IPv4" as const, value: BigInt(value), leadingZeros: false });
    return { first: at(Math.min(a, b)), last: at(Math.max(a, b)) };
  });

  it("are made up by their prefixes exactly", () => {
    fc.assert(
      fc.property(span, (whole) => {
        const parts = prefixesOfSpan(whole).map((prefix) => spanOf(formatPrefix(prefix)) ?? assert.fail());
        assert.equal(
          parts.reduce((sum, part) => sum + spanSize(part), 0n),
          spanSize(whole),
        );
        assert.equal(parts[0]?.first.value, whole.first.value);
        assert.equal(parts.at(-1)?.last.value, whole.last.value);
      }),
    );
  });

  it("leave free what no other takes, and nothing else", () => {
    fc.assert(
      fc.property(span, fc.array(span, { maxLength: 5 }), (outer, taken) => {
        const free = freeOf(outer, taken);
        for (const gap of free) assert.ok(taken.every((other) => !spansOverlap(gap, other)));
        const isTaken = (value: bigint) => taken.some(({ first, last }) => first.value <= value && value <= last.value);
        let count = 0n;
        for (let value = outer.first.value; value <= outer.last.value; value++) if (!isTaken(value)) count++;
        assert.equal(
          free.reduce((sum, gap) => sum + spanSize(gap), 0n),
          count,
        );
      }),
      { numRuns: 50 },
    );
  });

  it("read prefixes and pairs of addresses, and refuse the rest", () => {
    assert.equal(formatSpan(spanOf("fd00::10 - fd00::1f") ?? assert.fail()), "fd00::10/124");
    for (const text of ["fd00::2-fd00::1", "10.0.0.1-fd00::1", "10.0.0.1", "a-b", "1.1.1.1-1.1.1.2-1.1.1.3"])
      assert.equal(spanOf(text), undefined, text);
  });
});
