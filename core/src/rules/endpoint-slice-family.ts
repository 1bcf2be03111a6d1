import { isMapped, parseAddress } from "../addresses/address.ts";
import { asFamily } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "An address of another family than the slice's addressType",
  why: "A slice holds one family. A dual-stack Service has at least two slices, one per family.",
  source: "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#address-types",
  severity: "error",
  codes: ["EPS002"],
  kinds: ["EndpointSlice"],
  groups: ["discovery.k8s.io"],
  example: {
    bad: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-1
  labels: {kubernetes.io/service-name: ledger}
addressType: IPv6
endpoints:
  - addresses: [10.8.1.5]
`,
    good: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-1
  labels: {kubernetes.io/service-name: ledger}
addressType: IPv6
endpoints:
  - addresses: ["fd12:3456:789a::5"]
`,
  },

  *check(slice) {
    const wanted = asFamily(slice.get("addressType")?.text);
    for (const endpoint of slice.get("endpoints")?.items() ?? []) {
      for (const field of endpoint.get("addresses")?.items() ?? []) {
        const address = parseAddress(field.text ?? "");
        // An IPv4-mapped address is refused for its form, see canonical-only.
        if (!wanted || !address || address.family === wanted || (wanted === "IPv6" && isMapped(address))) continue;
        yield { at: field, message: `must be an ${wanted} address; put ${address.family} into a slice of its own` };
      }
    }
  },
};
