import { formatAddress, isMapped, parseAddress } from "../addresses/address.ts";
import { addressMistake } from "../addresses/address-mistake.ts";
import type { Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";

export const rule: Rule = {
  summary: "An IPAddress is named by its address, in canonical form",
  why: "One object per address keeps two Services from getting the same one, so each address must have one spelling.",
  source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ip-address-v1/",
  severity: "error",
  codes: ["IPA001"],
  kinds: ["IPAddress"],
  groups: ["networking.k8s.io"],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: IPAddress
metadata:
  name: "fd12:3456:789a:0::10"
spec:
  parentRef: {resource: services, namespace: default, name: web}
`,
    good: `apiVersion: networking.k8s.io/v1
kind: IPAddress
metadata:
  name: "fd12:3456:789a::10"
spec:
  parentRef: {resource: services, namespace: default, name: web}
`,
  },

  *check(resource) {
    const name = resource.get("metadata", "name");
    if (name?.text === undefined || isPlaceholder(name.text)) return;
    const address = parseAddress(name.text);
    if (!address) {
      yield { at: name, message: `must be a valid IP address: it ${addressMistake(name.text)}` };
      return;
    }
    if (isMapped(address)) {
      yield { at: name, message: "must not be an IPv4-mapped IPv6 address" };
      return;
    }
    const canonical = formatAddress(address);
    if (canonical === name.text) return;
    yield {
      at: name,
      message: `must be in canonical form ("${canonical}")`,
      fix: { kind: "spelling", title: `Write ${canonical}`, edits: [name.replace(canonical)] },
    };
  },
};
