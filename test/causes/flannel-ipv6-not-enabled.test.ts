import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, podObject } from "./case.ts";

const onlyFour = [podObject("a", "n1", ["10.244.1.11"]), podObject("b", "n2", ["10.244.2.11"])];
const noAddress = [{ outcome: "no-address" }] as const;
const given = (text: string) => ({
  pods: onlyFour,
  dials: noAddress,
  seen: {
    "daemon-sets": [{ metadata: { name: "kube-flannel-ds", namespace: "kube-flannel" }, spec: {} }],
    "config-map": { data: { "net-conf.json": text } },
  },
});

describe("flannel-ipv6-not-enabled", () => {
  it("the configuration it is shipped with knows IPv4 alone", () => {
    const shipped = '{"Network": "10.244.0.0/16", "Backend": {"Type": "vxlan"}}';
    assert.equal(judge("flannel-ipv6-not-enabled", given(shipped)).status, "proven");
  });
  it("is not it where IPv6 is enabled", () => {
    const dual = '{"EnableIPv6": true, "IPv6Network": "fd00:10:244::/48"}';
    assert.equal(judge("flannel-ipv6-not-enabled", given(dual)).status, "excluded");
  });
  it("is unknown where the configuration is no JSON", () =>
    assert.equal(judge("flannel-ipv6-not-enabled", given("{")).status, "unknown"));
});
