import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, n1, n2, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("cilium-tunnel-needs-ipv4");
const config = (data: object) => ({ "config-map cilium-config": { metadata: { name: "cilium-config" }, data } });

describe("cilium-tunnel-needs-ipv4", () => {
  it("is proven where nodes without IPv4 should tunnel over it, and a pod of the same node is reached", () => {
    const { status, because } = judge("cilium-tunnel-needs-ipv4", given);
    assert.equal(status, "proven", because);
    assert.match(because, /routing-mode tunnel and underlay-protocol ipv4, and node n1 has 2001:db8:18::101 only/);
  });

  it("is only possible without that pod", () => {
    const dials = [{ outcome: "timeout", ms: 3500 }] as const;
    assert.equal(judge("cilium-tunnel-needs-ipv4", { ...given, dials }).status, "possible");
  });

  it("is not where the nodes have IPv4", () => {
    assert.equal(judge("cilium-tunnel-needs-ipv4", { ...given, nodes: [n1, n2] }).status, "excluded");
  });

  variants("cilium-tunnel-needs-ipv4", given, {
    "it tunnels over IPv6": [config({ "routing-mode": "tunnel", "underlay-protocol": "ipv6" }), "excluded"],
    "it chooses by itself": [config({ "routing-mode": "tunnel", "underlay-protocol": "auto" }), "excluded"],
    "the node has an IPv4 that Kubernetes does not list": [
      { "default-routes4": [{ device: "ens5", gateway: "10.0.0.1" }] },
      "possible",
    ],
    "nobody may look whether it has": [{ "default-routes4": nobody }, "possible"],
    "it routes": [config({ "routing-mode": "native" }), "excluded"],
    "an older version routes": [config({ tunnel: "disabled" }), "excluded"],
    "Cilium is not there": [{ "daemon-sets": [] }, "excluded"],
    "its settings may not be read": [{ "config-map cilium-config": nobody }, "unknown"],
  });
});
