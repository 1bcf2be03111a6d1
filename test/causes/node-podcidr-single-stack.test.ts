import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, n1, nobody, nodeObject, podObject } from "./case.ts";

const onlyFour = [podObject("a", "n1", ["10.244.1.11"]), podObject("b", "n2", ["10.244.2.11"])];
const noAddress = [{ outcome: "no-address" }] as const;
const nodes = (...second: string[]) => [
  nodeObject("n1", ["172.18.1.1"], ["10.244.1.0/24"]),
  nodeObject("n2", ["172.18.1.2"], ["10.244.2.0/24", ...second]),
];
const flannel = { metadata: { name: "kube-flannel-ds", namespace: "kube-system" }, spec: {} };
const calico = { metadata: { name: "calico-node", namespace: "kube-system" }, spec: {} };
const pool = (cidr: string) => ({ metadata: { name: cidr }, spec: { cidr } });
const given = { pods: onlyFour, dials: noAddress, seen: { services: [], "daemon-sets": [flannel] } };
const pools = (...cidrs: string[]) => ({ "daemon-sets": [calico], "calico-pools": cidrs.map(pool) });
const id = "node-podcidr-single-stack";

describe(id, () => {
  it("one node has an IPv6 range, and the one of the pod has none", () => {
    const { status, because } = judge(id, { ...given, nodes: nodes("fd00:10:244:2::/64") });
    assert.equal(status, "proven", because);
    assert.match(because, /n1/);
  });
  it("is not it where no node has one", () => assert.equal(judge(id, { ...given, nodes: nodes() }).status, "excluded"));
  it("proves nothing where Calico has an IPv6 pool, which does not care for podCIDRs", () => {
    const seen = pools("10.244.0.0/16", "fd00:10:244::/48");
    const { status, missing } = judge(id, { ...given, nodes: nodes("fd00:10:244:2::/64"), seen });
    assert.equal(status, "possible");
    assert.match(missing ?? "", /Calico gives them from its pool fd00:10:244::\/48.*only has to be recreated/);
  });
  it("proves nothing where the pod's address is in none of its node's ranges", () => {
    const elsewhere = [podObject("a", "n1", ["10.0.7.11"]), podObject("b", "n2", ["10.0.8.11"])];
    const { status, missing } = judge(id, { ...given, pods: elsewhere, nodes: nodes("fd00:10:244:2::/64") });
    assert.equal(status, "possible");
    assert.match(missing ?? "", /10\.0\.7\.11 of default\/a is in none of its node's/);
  });
  it("proves nothing where nobody may see which CNI it is", () => {
    const seen = { "daemon-sets": nobody };
    assert.equal(judge(id, { ...given, nodes: nodes("fd00:10:244:2::/64"), seen }).status, "unknown");
  });
  it("is noticed while pods from before have their IPv6 addresses", () => {
    const works = [{ outcome: "ok" }] as const;
    const old = [n1, nodeObject("n2", ["172.18.1.2"], ["10.244.2.0/24"])];
    const { status, because, explains } = judge(id, { dials: works, nodes: old, seen: given.seen });
    assert.deepEqual([status, explains], ["possible", []]);
    assert.match(because, /a pod that is made there now gets none/);
    const seen = pools("10.244.0.0/16", "fd00:10:244::/48");
    assert.equal(judge(id, { dials: works, nodes: old, seen }).status, "excluded", "Calico goes on giving them");
  });
});
