import { ciliumPolicyKinds, ciliumRules } from "../kinds/cilium-policy.ts";
import type { Rule } from "../lint/rule.ts";
import { under } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "ICMP and ports in one Cilium rule",
  why: `A rule is about ports or about ICMP. Put the ICMP types, which IPv6 needs for path MTU discovery, into a rule of their
own beside it.`,
  source: "https://github.com/cilium/cilium/blob/main/pkg/policy/api/rule_validation.go",
  severity: "error",
  codes: ["CIL014"],
  kinds: ciliumPolicyKinds,
  groups: ["cilium.io"],
  example: {
    bad: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: web
spec:
  endpointSelector: {}
  ingress:
    - icmps:
        - fields: [{family: IPv6, type: PacketTooBig}]
      toPorts:
        - ports: [{port: "80", protocol: TCP}]
`,
    good: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: web
spec:
  endpointSelector: {}
  ingress:
    - icmps:
        - fields: [{family: IPv6, type: PacketTooBig}]
    - toPorts:
        - ports: [{port: "80", protocol: TCP}]
`,
  },

  *check(policy) {
    for (const rule of ciliumRules(policy)) {
      const icmps = rule.get("icmps");
      if (!icmps || icmps.items().length === 0 || (rule.get("toPorts")?.items().length ?? 0) === 0) continue;
      const says = "the ICMPs block may only be present without ToPorts. Define a separate rule to use ToPorts";
      yield { at: under(icmps.path, icmps.key), message: says };
    }
  },
};
