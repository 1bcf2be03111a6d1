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

  const dials = [{ outcome: "no-address", scope: "node" }] as const;
  const four = (name: string, annotations: object = {}) =>
    nodeObject(name, ["172.18.1.2"], ["10.244.2.0/24", "fd00:10:244:2::/64"], annotations);
  it("is about the node that was dialled, and not about another one", () => {
    const told = { "alpha.kubernetes.io/provided-node-ip": "172.18.1.2" };
    const given = { nodes: [n1, four("n2"), four("n3", told)], dials, seen: { addresses: [] } };
    assert.equal(judge("node-without-ipv6-internal-ip", given).status, "proven");
    assert.equal(judge("node-ip-one-family", given).status, "possible");
    const other = { ...given, nodes: [n1, four("n2", told), four("n3")] };
    assert.equal(judge("node-without-ipv6-internal-ip", other).status, "possible");
    const { status, because } = judge("node-ip-one-family", other);
    assert.equal(status, "proven");
    assert.match(because, /of node n2 is/);
  });
  it("tells nobody to give a kubelet an address that its node does not have, and asks none of a virtual node", () => {
    const { fix } = judge("node-without-ipv6-internal-ip", { nodes: [n1, four("n2")], dials, seen: { addresses: [] } });
    assert.match(fix ?? "", /give the node an IPv6 address first/);
    const virtual = four("aci");
    const labelled = { ...virtual, metadata: { ...virtual.metadata, labels: { type: "virtual-kubelet" } } };
    assert.equal(judge("node-without-ipv6-internal-ip", { nodes: [n1, n2, labelled] }).status, "excluded");
  });
});
