import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "loadBalancerIP holds one address, so one family, and nobody checks it",
  why: `The field takes any text, can name a single address only, and is deprecated since 1.24 because every provider read it
differently. Dual-stack needs the annotation of the implementation, for example \`metallb.io/loadBalancerIPs: "v4,v6"\`.`,
  source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec",
  severity: "warning",
  codes: ["SVC024"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/loadBalancerIP/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  loadBalancerIP: 10.20.0.5
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    metallb.io/loadBalancerIPs: 10.20.0.5,fd12:3456:789a::5
spec:
  type: LoadBalancer
  ipFamilyPolicy: PreferDualStack
`,
  },

  *check(service) {
    const field = service.get("spec", "loadBalancerIP");
    if (!field?.text) return;
    yield {
      at: field,
      message: "loadBalancerIP is deprecated and takes one family only; use your provider's annotation",
    };
  },
};
