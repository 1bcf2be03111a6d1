import { parseAddress } from "../addresses/address.ts";
import { splitHostPort } from "../addresses/host-port.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "An Ingress names a host by its IP address",
  why: `\`host\` is matched against the name a client asks for, so it has to be a DNS name: the API server refuses IP
addresses, except an IPv4 address under \`tls[].hosts\`, which slips through and matches no certificate request, since TLS
clients send no address as a server name (RFC 6066). Leave the host out to answer for every name and address.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go",
  severity: "error",
  codes: ["ING001", "ING002"],
  kinds: ["Ingress"],
  groups: ["networking.k8s.io", "extensions"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
    - host: "fd12:3456:789a::5"
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}
`,
    good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
    - http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}
`,
  },

  *check(ingress) {
    for (const item of ingress.get("spec", "rules")?.items() ?? []) {
      const host = item.get("host");
      if (!isAddress(host)) continue;
      yield {
        at: host,
        codes: ["ING001"],
        message: "must be a DNS name, not an IP address; leave host out to serve every name",
      };
    }
    const tls = ingress.get("spec", "tls")?.items() ?? [];
    for (const host of tls.flatMap((entry) => entry.get("hosts")?.items() ?? [])) {
      if (!isAddress(host)) continue;
      const refused = host.text?.includes(":");
      yield {
        at: host,
        codes: ["ING002"],
        severity: refused ? "error" : "warning",
        message: refused
          ? "a lowercase RFC 1123 subdomain is wanted, not an IPv6 address; write a DNS name"
          : "TLS clients send no IP address as a server name; write a DNS name",
      };
    }
  },
};

function isAddress(host: Field | undefined): boolean {
  return parseAddress(splitHostPort(host?.text ?? "")?.host ?? "") !== undefined;
}
