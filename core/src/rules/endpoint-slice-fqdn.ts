import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "addressType FQDN is deprecated and nothing uses it",
  why: "kube-proxy skips slices of names, so the Service has no endpoint from it. A Service of type ExternalName answers with a name.",
  source: "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#address-types",
  severity: "warning",
  codes: ["EPS005"],
  kinds: ["EndpointSlice"],
  groups: ["discovery.k8s.io"],
  example: {
    bad: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-1
  labels: {kubernetes.io/service-name: ledger}
addressType: FQDN
endpoints:
  - addresses: [ledger.example.com]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  type: ExternalName
  externalName: ledger.example.com
`,
  },

  *check(slice) {
    const type = slice.get("addressType");
    if (type?.text !== "FQDN") return;
    yield { at: type, message: "addressType: FQDN endpoints are deprecated; use an ExternalName Service" };
  },
};
