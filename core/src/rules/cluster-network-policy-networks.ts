import { bits, isMapped, parseAddress, parsePrefix } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";

export const rule: Rule = {
  summary: "An entry of networks is no CIDR",
  why: `ClusterNetworkPolicy takes prefixes under \`networks\`, IPv4 and IPv6 side by side; a single address is a /32 or a
/128. IPv4-mapped prefixes and leading zeros are refused.`,
  source: "https://github.com/kubernetes-sigs/network-policy-api/blob/main/apis/v1alpha2/clusternetworkpolicy_types.go",
  severity: "error",
  codes: ["CNP001"],
  kinds: ["ClusterNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy"],
  groups: ["policy.networking.k8s.io"],
  example: {
    bad: `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata:
  name: guard
spec:
  tier: Admin
  priority: 10
  subject:
    namespaces: {}
  egress:
    - action: Deny
      to:
        - networks: ["fd12:3456:789a::1"]
`,
    good: `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata:
  name: guard
spec:
  tier: Admin
  priority: 10
  subject:
    namespaces: {}
  egress:
    - action: Deny
      to:
        - networks: ["fd12:3456:789a::1/128"]
`,
  },

  *check(policy) {
    const peers = (policy.get("spec", "egress")?.items() ?? []).flatMap((rule) => rule.get("to")?.items() ?? []);
    for (const entry of peers.flatMap((peer) => peer.get("networks")?.items() ?? [])) {
      if (entry.text === undefined || isPlaceholder(entry.text)) continue;
      const prefix = parsePrefix(entry.text);
      if (prefix && !isMapped(prefix.address) && !prefix.leadingZeros && !prefix.address.leadingZeros) continue;
      const address = parseAddress(entry.text);
      const whole = address && !isMapped(address) ? `${entry.text}/${bits(address.family)}` : undefined;
      yield {
        at: entry,
        message: `Invalid CIDR format provided; write ${whole ?? "address/length, as in fd00:1234::/48"}`,
        fix: whole ? { kind: "decision", title: `Write ${whole}`, edits: [entry.replace(whole)] } : undefined,
      };
    }
  },
};
