import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { agentPod, cilium, words } from "./agents.ts";
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
  const shipped = given('{"Network": "10.244.0.0/16", "Backend": {"Type": "vxlan"}}');
  const judgedWith = (more: object) =>
    judge("flannel-ipv6-not-enabled", { ...shipped, seen: { ...shipped.seen, ...more } }).status;
  it("believes the agent before a configuration that it may not have read", () => {
    const pods = [agentPod("kube-flannel-ds-x", "kube-flannel")];
    assert.equal(judgedWith({ pods, "agent-words": words({ servesIPv6: true }) }), "excluded");
    assert.equal(judgedWith({ pods, "agent-words": words({ servesIPv6: false }) }), "proven");
  });
  it("is not proven of what is left of a flannel beside another plugin", () => {
    assert.equal(judgedWith({ pods: [cilium] }), "possible");
    const left = { metadata: { name: "kube-flannel-ds", namespace: "kube-flannel" }, spec: {} };
    assert.equal(judgedWith({ "daemon-sets": [{ ...left, status: { desiredNumberScheduled: 0 } }] }), "excluded");
  });
  it("knows the Canal of RKE2 and of Kubespray", () => {
    for (const [name, config] of [
      ["rke2-canal", "rke2-canal-config"],
      ["canal-node", "canal-config"],
    ] as const) {
      const { "config-map": text, ...rest } = shipped.seen;
      const sets = [{ metadata: { name, namespace: "kube-system" }, spec: {} }];
      const seen = { ...rest, "daemon-sets": sets, [`config-map ${config}`]: text };
      assert.equal(judge("flannel-ipv6-not-enabled", { ...shipped, seen }).status, "proven", name);
    }
  });
});
