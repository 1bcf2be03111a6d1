import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { drops, way } from "./filtered.ts";
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
      "the chain is nobody's engine": [{ "ip6tables node n2": drops("HARDEN") }, "excluded"],
    },
  );
});
