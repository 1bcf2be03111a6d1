import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nodeObject, podObject } from "./case.ts";

const onlyFour = [podObject("a", "n1", ["10.244.1.11"]), podObject("b", "n2", ["10.244.2.11"])];
const noAddress = [{ outcome: "no-address" }] as const;
const nodes = (...second: string[]) => [
  nodeObject("n1", ["172.18.1.1"], ["10.244.1.0/24"]),
  nodeObject("n2", ["172.18.1.2"], ["10.244.2.0/24", ...second]),
];
const given = { pods: onlyFour, dials: noAddress, seen: { services: [] } };

describe("node-podcidr-single-stack", () => {
  it("one node has an IPv6 range, and the one of the pod has none", () => {
    const { status, because } = judge("node-podcidr-single-stack", { ...given, nodes: nodes("fd00:10:244:2::/64") });
    assert.equal(status, "proven", because);
    assert.match(because, /n1/);
  });
  it("is not it where no node has one", () =>
    assert.equal(judge("node-podcidr-single-stack", { ...given, nodes: nodes() }).status, "excluded"));
});
