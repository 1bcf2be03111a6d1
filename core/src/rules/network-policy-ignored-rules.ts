import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A NetworkPolicy has rules for a direction that policyTypes leaves out",
  why: `Where policyTypes is written, it alone decides: rules for a direction it does not name are accepted and ignored, so
that direction stays open, over IPv4 and IPv6.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  severity: "warning",
  codes: ["NP011"],
  kinds: ["NetworkPolicy"],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  policyTypes: [Ingress]
  egress:
    - to:
        - ipBlock:
            cidr: fd12:3456:789a::/48
`,
    good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  egress:
    - to:
        - ipBlock:
            cidr: fd12:3456:789a::/48
`,
  },

  *check(policy) {
    const types = policy.get("spec", "policyTypes");
    const named = types?.items().map(({ text }) => text) ?? [];
    if (!types || named.length === 0 || named.includes(undefined)) return;
    for (const [direction, type] of [
      ["ingress", "Ingress"],
      ["egress", "Egress"],
    ] as const) {
      const rules = policy.get("spec", direction)?.items() ?? [];
      if (rules.length === 0 || named.includes(type)) continue;
      yield {
        at: types.key,
        message: `the ${direction} rules are ignored: policyTypes does not name ${type}; add it`,
        fix: { kind: "decision", title: `Add ${type}`, edits: [types.append(type)] },
      };
    }
  },
};
