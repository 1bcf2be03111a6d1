import type { Rule } from "../lint/rule.ts";
import { missing } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "addressType is IPv4, IPv6 or FQDN",
  why: "A slice holds addresses of one kind, which `addressType` names: spelled exactly so, and never left out.",
  source: "https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#address-types",
  severity: "error",
  codes: ["EPS001"],
  kinds: ["EndpointSlice"],
  groups: ["discovery.k8s.io"],
  example: {
    bad: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-1
  labels: {kubernetes.io/service-name: ledger}
addressType: ipv6
endpoints: []
`,
    good: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-1
  labels: {kubernetes.io/service-name: ledger}
addressType: IPv6
endpoints: []
`,
  },

  *check(slice) {
    const type = slice.get("addressType");
    const kind = slice.get("kind");
    if (!type && kind && slice.lacks("addressType"))
      yield {
        at: missing(slice.root, "addressType", kind),
        message: 'Required value: supported values: "FQDN", "IPv4", "IPv6"',
      };
    if (type?.text === undefined || ["IPv4", "IPv6", "FQDN"].includes(type.text)) return;
    const digit = /^(?:ip)?v?([46])$/i.exec(type.text.trim())?.[1];
    const meant = digit ? `IPv${digit}` : type.text.toUpperCase() === "FQDN" ? "FQDN" : undefined;
    yield {
      at: type,
      message: `Unsupported value: "${type.text}": supported values: "FQDN", "IPv4", "IPv6"`,
      fix:
        meant === undefined ? undefined : { kind: "spelling", title: `Write ${meant}`, edits: [type.replace(meant)] },
    };
  },
};
