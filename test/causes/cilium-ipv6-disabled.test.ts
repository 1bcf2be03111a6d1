import assert from "node:assert/strict";
import { describe, it } from "node:test";
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
});
