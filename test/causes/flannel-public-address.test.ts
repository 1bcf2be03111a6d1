import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, n1, nobody, nodeObject } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = exampleOf("flannel-public-address");
const told = (address: string) => [
  n1,
  nodeObject("n2", ["172.18.1.2", "2001:db8:18::102"], [], { "flannel.alpha.coreos.com/public-ipv6": address }),
];

describe("flannel-public-address", () => {
  it("is proven where what flannel tells of a node is on none of its interfaces", () => {
    const { status, because } = judge("flannel-public-address", given);
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /of node n2 is 2001:db8:99::102, which is on none of its interfaces \(2001:db8:18::102 on eth0\)/,
    );
  });

  it("is another cause where Kubernetes lists the address too, and none where flannel tells nothing", () => {
    assert.equal(judge("flannel-public-address", { ...given, nodes: told("2001:db8:18::102") }).status, "excluded");
    assert.equal(judge("flannel-public-address", { dials: given.dials ?? [], seen: {} }).status, "excluded");
  });

  it("is not where the node has it beside the one Kubernetes lists", () => {
    const here = { ...given, nodes: told("2001:db8:18::101"), seen: { "addresses node n2": seen.nodeAddresses } };
    assert.equal(judge("flannel-public-address", here).status, "excluded");
  });

  it("is possible only where somebody gave it by hand, or Kubernetes lists it as the node's external address", () => {
    const [, node] = told("2001:db8:99::102");
    const external = {
      ...node,
      status: {
        ...node?.status,
        addresses: [...(node?.status?.addresses ?? []), { type: "ExternalIP", address: "2001:db8:99::102" }],
      },
    };
    assert.equal(judge("flannel-public-address", { ...given, nodes: [n1, external as typeof n1] }).status, "possible");
    const annotations = {
      ...node?.metadata.annotations,
      "flannel.alpha.coreos.com/public-ipv6-overwrite": "2001:db8:99::102",
    };
    const byHand = { ...node, metadata: { ...node?.metadata, annotations } } as typeof n1;
    assert.equal(judge("flannel-public-address", { ...given, nodes: [n1, byHand] }).status, "possible");
  });

  variants("flannel-public-address", given, {
    "nobody may look": [{ "addresses node n2": nobody }, "unknown"],
    "another plugin makes the pods' network by now": [{ "routes node n1": seen.routes(seen.toN2) }, "excluded"],
    "the way is not seen": [{ "routes node n1": nobody }, "possible"],
    "the pods are routed to that address": [
      { "routes node n1": seen.routes(seen.toN2.replace("20010db80018", "20010db80099")) },
      "proven",
    ],
  });
});
