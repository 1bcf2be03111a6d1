import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = exampleOf("calico-pool-not-encapsulated");
const pool = (spec: object) => ({
  "calico-pools": [{ metadata: { name: "six" }, spec: { cidr: "fd00:10:244::/48", ...spec } }],
});
const onLink = { ...seen.routes(seen.staticDefault)[0], destination: "2001:db8:19::/64", gateway: undefined };

describe("calico-pool-not-encapsulated", () => {
  it("is proven where a router that is no BGP peer is between the nodes, and IPv4 crosses it", () => {
    const { status, because } = judge("calico-pool-not-encapsulated", given);
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /vxlanMode Never and ipipMode Never, and between node n1 and node n2 is the router 2001:db8:18::1/,
    );
  });

  it("is only possible where nothing says that it is the router that loses the packet", () => {
    const dials = [
      { outcome: "timeout", ms: 3500 },
      { outcome: "ok", family: "IPv4" },
    ] as const;
    const { status, missing } = judge("calico-pool-not-encapsulated", { ...given, dials });
    assert.equal(status, "possible");
    assert.match(missing ?? "", /never came to node n2, or a router's word/);
  });

  it("is proven where the router says so to the node, since it has no way to a pod", () => {
    const dials = [
      { outcome: "timeout", ms: 3500 },
      { outcome: "ok", family: "IPv4" },
    ] as const;
    const verdict = (ms: number) =>
      judge("calico-pool-not-encapsulated", {
        ...given,
        dials,
        seen: { ...given.seen, "dial node n1": { ok: false, text: "Network is unreachable", ms, tool: "nc" } },
      });
    assert.equal(verdict(1030).status, "proven");
    assert.match(verdict(1030).because, /it answers node n1 "Network is unreachable"/);
    assert.equal(verdict(0).status, "possible", "the node's own kernel said so");
  });

  it("is only possible where IPv4 does not cross either", () => {
    const dials = [{ outcome: "timeout", ms: 3500 }] as const;
    assert.equal(judge("calico-pool-not-encapsulated", { ...given, dials }).status, "possible");
  });

  variants("calico-pool-not-encapsulated", given, {
    "the pool is encapsulated": [pool({ vxlanMode: "CrossSubnet" }), "excluded"],
    "the pod is of no pool": [{ "calico-pools": [] }, "excluded"],
    "the nodes share a link": [{ "routes node n1": [onLink] }, "excluded"],
    "routers are peers": [{ "policies BGPPeer": [{ metadata: { name: "tor" } }] }, "possible"],
    "peers may not be listed": [{ "policies BGPPeer": nobody }, "possible"],
    "Calico is not there": [{ "daemon-sets": [] }, "excluded"],
    "nobody may look": [{ "routes node n1": nobody }, "unknown"],
  });
});
