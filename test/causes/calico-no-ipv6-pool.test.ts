import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, podObject } from "./case.ts";

const onlyFour = [podObject("a", "n1", ["10.244.1.11"]), podObject("b", "n2", ["10.244.2.11"])];
const noAddress = [{ outcome: "no-address" }] as const;
const pool = (cidr: string, more: object = {}) => ({ metadata: { name: cidr }, spec: { cidr, ...more } });
const given = {
  pods: onlyFour,
  dials: noAddress,
  seen: {
    "daemon-sets": [{ metadata: { name: "calico-node", namespace: "kube-system" }, spec: {} }],
    "calico-pools": [pool("10.244.0.0/16")],
  },
};

describe("calico-no-ipv6-pool", () => {
  it("pods have no IPv6 address, and no pool is there to give one", () =>
    assert.equal(judge("calico-no-ipv6-pool", given).status, "proven"));
  it("a pool that is disabled gives none", () => {
    const disabled = { ...given.seen, "calico-pools": [pool("fd00:10:244::/48", { disabled: true })] };
    assert.match(judge("calico-no-ipv6-pool", { ...given, seen: disabled }).because, /is disabled/);
  });
  it("does not concern a Calico that gives no addresses, or not these", () => {
    const env = (name: string, value: string) => ({
      spec: { template: { spec: { containers: [{ env: [{ name, value }] }] } } },
    });
    const sets = (name: string, more: object = { spec: {} }) => ({
      ...given,
      seen: { ...given.seen, "daemon-sets": [{ metadata: { name, namespace: "kube-system" }, ...more }] },
    });
    for (const other of [
      sets("canal"),
      sets("rke2-canal"),
      sets("calico-node", env("USE_POD_CIDR", "true")),
      sets("calico-node", env("CALICO_NETWORKING_BACKEND", "none")),
      sets("calico-node", { spec: {}, status: { desiredNumberScheduled: 0 } }),
    ])
      assert.equal(judge("calico-no-ipv6-pool", other).status, "excluded", JSON.stringify(other.seen["daemon-sets"]));
    const unused = { ...given, seen: { ...given.seen, "calico-pools": [pool("192.168.0.0/16")] } };
    assert.equal(judge("calico-no-ipv6-pool", unused).status, "possible");
  });
  it("a pool for load balancers, or for who names it, gives pods none", () => {
    for (const more of [{ allowedUses: ["LoadBalancer"] }, { nodeSelector: "!all()" }]) {
      const six = { ...given.seen, "calico-pools": [pool("10.244.0.0/16"), pool("fd00:10:244::/48", more)] };
      assert.equal(judge("calico-no-ipv6-pool", { ...given, seen: six }).status, "proven");
    }
  });
  it("pods that have an address got it from somewhere", () => {
    const silent = [{ outcome: "timeout", ms: 2000 }] as const;
    assert.equal(judge("calico-no-ipv6-pool", { dials: silent, seen: given.seen }).status, "excluded");
  });
});
