import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, n1, nodeObject } from "./case.ts";
import { exampleOf } from "./example.ts";

const given = exampleOf("node-ip-one-family");
const told = (annotations: object) => [n1, nodeObject("n2", ["172.18.1.2"], ["10.244.2.0/24"], annotations)];

describe("node-ip-one-family", () => {
  it("is proven where a hostNetwork pod has no IPv6 on a node that was told one address", () => {
    const { status, because } = judge("node-ip-one-family", given);
    assert.equal(status, "proven", because);
    assert.match(because, /provided-node-ip of node n2 is 172\.18\.1\.2, and its InternalIPs are 172\.18\.1\.2/);
    assert.equal(judge("node-without-ipv6-internal-ip", given).status, "excluded");
  });

  it("is another cause where the kubelet was told nothing, or both", () => {
    for (const annotations of [{}, { "alpha.kubernetes.io/provided-node-ip": "172.18.1.2,2001:db8:18::102" }]) {
      const nodes = told(annotations);
      assert.equal(judge("node-ip-one-family", { ...given, nodes }).status, "excluded");
      assert.equal(judge("node-without-ipv6-internal-ip", { ...given, nodes }).status, "proven");
    }
  });

  it("is only possible where nothing fails of it", () => {
    assert.equal(judge("node-ip-one-family", { ...given, dials: [{ outcome: "ok" }] }).status, "possible");
  });
});
