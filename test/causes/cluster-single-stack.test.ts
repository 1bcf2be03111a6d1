import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nodeObject, podObject } from "./case.ts";

const onlyFour = [podObject("a", "n1", ["10.244.1.11"]), podObject("b", "n2", ["10.244.2.11"])];
const noAddress = [{ outcome: "no-address" }] as const;

describe("cluster-single-stack", () => {
  it("nodes without podCIDRs say nothing", () => {
    const bare = [nodeObject("n1", ["172.18.1.1"], []), nodeObject("n2", ["172.18.1.2"], [])];
    assert.equal(
      judge("cluster-single-stack", { pods: onlyFour, nodes: bare, dials: noAddress, seen: { services: [] } }).status,
      "possible",
    );
  });
});
