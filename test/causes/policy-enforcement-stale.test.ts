import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ciliumMonitor } from "#test/agents/recorded.ts";
import { cilium, dropsOf } from "./agents.ts";
import { judge, nobody } from "./case.ts";
import { drops, passes, way } from "./filtered.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const silent = [{ outcome: "timeout", ms: 3500 }] as const;
const four = { outcome: "ok", family: "IPv4", ms: 9 } as const;

describe("policy-enforcement-stale", () => {
  const stale = { "ip6tables node n2": drops("KUBE-POD-I-ABC") };

  it("the policies allow it, the engine's chain drops it", () => {
    const given = { dials: [...silent, four], seen: { ...way, ...stale } };
    const { status, because } = judge("policy-enforcement-stale", given);
    assert.equal(status, "proven", because);
    assert.equal(judge("forward-policy-drops-ipv6", given).status, "excluded", "one cause for one rule");
  });

  const denying = {
    metadata: { name: "deny", namespace: "default" },
    kind: "NetworkPolicy",
    apiVersion: "networking.k8s.io/v1",
    spec: { podSelector: {}, policyTypes: ["Ingress"] },
  };

  variants(
    "policy-enforcement-stale",
    { dials: [...silent, four], seen: { ...way, ...stale } },
    {
      "a policy denies it": [{ "network-policies": [denying] }, "excluded"],
      "the policies could not be read": [{ "network-policies": nobody }, "possible"],
      "the chain is kube-router's for Services": [{ "ip6tables node n2": drops("KUBE-ROUTER-SERVICES") }, "excluded"],
      "the chain is Calico's": [{ "ip6tables node n2": drops("cali-thfw-eth0") }, "proven"],
      "Calico has policies of nodes' interfaces as well": [
        {
          "ip6tables node n2": drops("cali-thfw-eth0"),
          "policies HostEndpoint": [{ kind: "HostEndpoint", metadata: { name: "n2-eth0" }, spec: { node: "n2" } }],
        },
        "possible",
      ],
      "the chain is nobody's engine": [{ "ip6tables node n2": drops("HARDEN") }, "excluded"],
    },
  );

  const ebpf = {
    ...way,
    "nft-fate": [passes, passes],
    pods: [cilium],
    "routes pod default/a": seen.routes(seen.advertisedDefault),
    "agent-drops": dropsOf(ciliumMonitor.policy),
    "config-map": { metadata: { name: "cilium-config" }, data: {} },
    "agent-flows": [],
  };
  const named = (policy: string) => [{ reason: "POLICY_DENIED", source: "", destination: "", policies: [policy] }];
  const deny = { metadata: { name: "deny", namespace: "default" }, kind: "CiliumNetworkPolicy", spec: {} };

  it("Cilium drops it, the policies allow it: what its monitor says, and the name that Hubble has", () => {
    const { status, because } = judge("policy-enforcement-stale", { dials: [...silent, four], seen: ebpf });
    assert.equal(status, "proven", because);
    const gone = { ...ebpf, "agent-flows": named("default/deny") };
    const { because: said } = judge("policy-enforcement-stale", { dials: [...silent, four], seen: gone });
    assert.match(
      said,
      /Policy denied, while the policies in force allow it; Hubble names default\/deny, which is not there any more$/,
    );
  });

  variants(
    "policy-enforcement-stale",
    { dials: [...silent, four], seen: ebpf },
    {
      "Cilium is told to deny what no policy names": [
        { "config-map": { metadata: { name: "cilium-config" }, data: { "enable-policy": "always" } } },
        "excluded",
      ],
      "nobody may see what Cilium is told": [{ "config-map": nobody }, "possible"],
      "Hubble names a policy that is there": [
        { "agent-flows": named("default/deny"), "policies CiliumNetworkPolicy": [deny], "network-policies": [] },
        "possible",
      ],
      "Hubble cannot be asked": [{ "agent-flows": nobody }, "proven"],
      "Cilium drops it for another reason": [
        { "agent-drops": dropsOf(ciliumMonitor.policy.replace("Policy denied", "Invalid source ip")) },
        "excluded",
      ],
      "Cilium cannot be listened to": [{ "agent-drops": nobody }, "unknown"],
      "a policy denies it to Cilium, too": [{ "network-policies": [denying] }, "excluded"],
    },
  );
});
