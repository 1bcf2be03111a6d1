import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A slice's addressType stays as it is for life",
  why: "The family of a slice cannot change: create a second slice for the other family, under a name of its own.",
  source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoint-slice-v1/",
  severity: "error",
  codes: ["EPS006"],
  kinds: ["EndpointSlice"],
  groups: ["discovery.k8s.io"],
  example: {
    old: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-1
addressType: IPv4
`,
    bad: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-1
addressType: IPv6
`,
    good: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-1
addressType: IPv4
`,
  },

  *check(slice, world) {
    const type = slice.get("addressType");
    const was = world.old(slice)?.get("addressType")?.text;
    if (type?.text === undefined || was === undefined || type.text === was) return;
    yield { at: type, message: `field is immutable: it is ${was}; create another slice for ${type.text}` };
  },
};
