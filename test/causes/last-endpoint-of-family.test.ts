import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("last-endpoint-of-family");
const slice = (addressType: string, ...nodes: string[]) => ({
  metadata: { name: addressType },
  addressType,
  endpoints: nodes.map((nodeName) => ({ nodeName, conditions: { ready: true } })),
});

describe("last-endpoint-of-family", () => {
  it("notices that one node carries IPv6 alone, and explains nothing", () => {
    const { status, because, explains } = judge("last-endpoint-of-family", given);
    assert.deepEqual([status, explains], ["possible", []]);
    assert.match(because, /IPv6 endpoints on node n1 only, and IPv4 ones on 2 nodes \(n1, n2\)/);
  });

  variants("last-endpoint-of-family", given, {
    "both families are on one node": [{ "endpoint-slices": [slice("IPv6", "n1"), slice("IPv4", "n1")] }, "excluded"],
    "both families are on both": [
      { "endpoint-slices": [slice("IPv6", "n1", "n2"), slice("IPv4", "n1", "n2")] },
      "excluded",
    ],
    "none is left, which is another cause": [{ "endpoint-slices": [slice("IPv4", "n1", "n2")] }, "excluded"],
    "nobody may look": [{ "endpoint-slices": nobody }, "unknown"],
  });
});
