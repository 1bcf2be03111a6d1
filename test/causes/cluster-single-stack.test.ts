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

  const fours = [nodeObject("n1", ["172.18.1.1"], ["10.244.1.0/24"]), nodeObject("n2", ["172.18.1.2"], [])];
  const given = { pods: onlyFour, nodes: fours, dials: noAddress, seen: { services: [], "daemon-sets": [] } };
  it("counts the nodes that have ranges", () => {
    const { status, because } = judge("cluster-single-stack", given);
    assert.equal(status, "proven");
    assert.match(because, /^1 of 2 nodes have podCIDRs, all of IPv4 \(10\.244\.1\.0\/24\)/);
  });
  it("has no node registered again where Calico has an IPv6 pool, and a pod only has to be recreated", () => {
    const seen = {
      ...given.seen,
      "daemon-sets": [{ metadata: { name: "calico-node", namespace: "calico-system" }, spec: {} }],
      "calico-pools": [{ metadata: { name: "six" }, spec: { cidr: "fd00:10:244::/48" } }],
    };
    const { status, fix } = judge("cluster-single-stack", { ...given, seen });
    assert.equal(status, "possible");
    assert.doesNotMatch(fix ?? "", /registered again/);
    const balancing = { metadata: { name: "six" }, spec: { cidr: "fd00:99::/64", allowedUses: ["LoadBalancer"] } };
    assert.equal(
      judge("cluster-single-stack", { ...given, seen: { ...seen, "calico-pools": [balancing] } }).status,
      "proven",
    );
  });
});
