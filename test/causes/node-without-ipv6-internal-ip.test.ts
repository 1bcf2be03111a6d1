import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, n1, n2, nodeObject } from "./case.ts";

describe("node-without-ipv6-internal-ip", () => {
  it("proven when a dial misses the address", () => {
    const four = nodeObject("n2", ["172.18.1.2"], ["10.244.2.0/24", "fd00:10:244:2::/64"]);
    const dials = [{ outcome: "no-address", scope: "node" }] as const;
    assert.equal(
      judge("node-without-ipv6-internal-ip", { nodes: [n1, four], dials, seen: { addresses: [] } }).status,
      "proven",
    );
    assert.equal(judge("node-without-ipv6-internal-ip", { nodes: [n1, four] }).status, "possible");
    assert.equal(judge("node-without-ipv6-internal-ip", { nodes: [n1, n2] }).status, "excluded");
  });
});
