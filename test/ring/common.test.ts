import assert from "node:assert/strict";
import { test } from "node:test";
import { inCommon } from "#core/ring/common.ts";
import type { RingFinding } from "#core/ring/locate.ts";

const nodes = Array.from({ length: 40 }, (_, index) => ({
  metadata: { name: `n${index}`, labels: { "example.org/rack": `r${index >> 2}`, "kubernetes.io/arch": "amd64" } },
  status: { nodeInfo: { kernelVersion: index === 9 ? "5.4.0" : "6.12.0" } },
}));

function failing(...names: string[]): RingFinding[] {
  return names.map((node) => ({
    family: "IPv6",
    scope: { is: "node", node, way: "both" },
    dials: 20,
    failed: 20,
    failing: [],
    otherFamily: { dialled: 20, failed: 0 },
  }));
}

test("the nodes of one rack that fail, and no other, have their rack in common", () => {
  assert.deepEqual(inCommon(failing("n8", "n9", "n10", "n11"), nodes), [
    { family: "IPv6", nodes: ["n8", "n9", "n10", "n11"], what: ["label example.org/rack: r2"] },
  ]);
});

test("what a node that works has as well is not in common, nor is anything of two nodes", () => {
  assert.deepEqual(inCommon(failing("n8", "n9", "n10"), nodes), []);
  assert.deepEqual(inCommon(failing("n8", "n20", "n30"), nodes), []);
  assert.deepEqual(inCommon(failing("n8", "n9"), nodes), []);
});
