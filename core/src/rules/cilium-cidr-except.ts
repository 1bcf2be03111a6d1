import { contains, parsePrefix } from "../addresses/address.ts";
import { ciliumPolicyKinds, ciliumRules } from "../kinds/cilium-policy.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A Cilium except that lies outside its CIDR",
  why: `\`except\` takes networks out of \`cidr\`, so each has to lie within it and be of its family. Other than in a Kubernetes
NetworkPolicy it may be the whole of it.`,
  source: "https://github.com/cilium/cilium/blob/main/pkg/policy/api/rule_validation.go",
  severity: "error",
  codes: ["CIL011"],
  kinds: ciliumPolicyKinds,
  groups: ["cilium.io"],
  example: {
    bad: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: out
spec:
  endpointSelector: {}
  egress:
    - toCIDRSet:
        - cidr: fd12:3456:789a::/48
          except: ["fd12:3456:789b::/64"]
`,
    good: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: out
spec:
  endpointSelector: {}
  egress:
    - toCIDRSet:
        - cidr: fd12:3456:789a::/48
          except: ["fd12:3456:789a:1::/64"]
`,
  },

  *check(policy) {
    for (const rule of ciliumRules(policy)) {
      for (const set of ["toCIDRSet", "fromCIDRSet"].flatMap((list) => rule.get(list)?.items() ?? [])) {
        const cidr = parsePrefix(set.get("cidr")?.text ?? "");
        for (const item of set.get("except")?.items() ?? []) {
          const except = parsePrefix(item.text ?? "");
          if (!cidr || !except || contains(cidr, except)) continue;
          const says = `allow CIDR prefix ${set.get("cidr")?.text} does not contain exclude CIDR prefix ${item.text}`;
          yield { at: item, message: says };
        }
      }
    }
  },
};
