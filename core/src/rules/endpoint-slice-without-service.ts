import type { Rule } from "../lint/rule.ts";
import { absent } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "A slice without the label that says which Service it is for",
  why: "Only the label `kubernetes.io/service-name` ties a slice to a Service; the slice's own name ties it to nothing.",
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors",
  severity: "warning",
  codes: ["EPS009"],
  kinds: ["EndpointSlice"],
  groups: ["discovery.k8s.io"],
  example: {
    bad: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-6
addressType: IPv6
`,
    good: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-6
  labels:
    kubernetes.io/service-name: ledger
addressType: IPv6
`,
  },

  *check(slice) {
    const labels = slice.get("metadata", "labels");
    if (!slice.lacks("metadata", "labels", "kubernetes.io/service-name") || labels?.type === "template") return;
    yield {
      at: absent(slice, "metadata", "labels"),
      message: "belongs to no Service; add the label kubernetes.io/service-name",
    };
  },
};
