import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { agentPod, cilium, words } from "./agents.ts";
import { judge, nobody, podObject } from "./case.ts";

const onlyFour = [podObject("a", "n1", ["10.244.1.11"]), podObject("b", "n2", ["10.244.2.11"])];
const noAddress = [{ outcome: "no-address" }] as const;
const given = (value: string) => ({
  pods: onlyFour,
  dials: noAddress,
  seen: {
    "daemon-sets": [{ metadata: { name: "cilium", namespace: "kube-system" }, spec: {} }],
    "config-map": { data: { "enable-ipv6": value } },
  },
});

describe("cilium-ipv6-disabled", () => {
  it("the agent's own configuration says so", () =>
    assert.equal(judge("cilium-ipv6-disabled", given("false")).status, "proven"));
  it("is not it where IPv6 is on", () => assert.equal(judge("cilium-ipv6-disabled", given("true")).status, "excluded"));
  it("is unknown where the configuration may not be read", () => {
    const { seen, ...rest } = given("false");
    assert.equal(judge("cilium-ipv6-disabled", { ...rest, seen: { ...seen, "config-map": nobody } }).status, "unknown");
  });
  const judgedWith = (data: object, more: object = {}) =>
    judge("cilium-ipv6-disabled", {
      ...given("false"),
      seen: { ...given("false").seen, "config-map": { data: { "enable-ipv6": "false", ...data } }, ...more },
    });
  it("is not it where another plugin gives the addresses, or the DaemonSet runs nowhere", () => {
    for (const chained of ["aws-cni", "flannel", "generic-veth"])
      assert.equal(judgedWith({ "cni-chaining-mode": chained }).status, "excluded", chained);
    assert.equal(judgedWith({ ipam: "delegated-plugin" }).status, "excluded");
    assert.equal(judgedWith({ "cni-chaining-mode": "portmap", ipam: "cluster-pool" }).status, "proven");
    const left = [{ metadata: { name: "cilium" }, spec: {}, status: { desiredNumberScheduled: 0 } }];
    assert.equal(judgedWith({}, { "daemon-sets": left }).status, "excluded");
    assert.equal(judgedWith({}, { pods: [agentPod("calico-node-x", "calico-node")] }).status, "possible");
  });
  it("does not have IPv6 turned on where the cloud gives the addresses", () => {
    const { status, fix } = judgedWith({ ipam: "eni" });
    assert.equal(status, "possible");
    assert.doesNotMatch(fix ?? "", /ipv6\.enabled=true/);
  });
  it("believes the agent before a configuration that it may not have read", () => {
    const heard = { pods: [cilium], "agent-words": words({ servesIPv6: true }) };
    assert.equal(judgedWith({}, heard).status, "excluded");
    assert.equal(judgedWith({}, { ...heard, "agent-words": words({ servesIPv6: false }) }).status, "proven");
  });
});
