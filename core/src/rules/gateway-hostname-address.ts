import { parseAddress } from "../addresses/address.ts";
import { splitHostPort } from "../addresses/host-port.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { likeAddress } from "../manifest/mentions.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A hostname of a Gateway or route is an IP address",
  why: `Hostnames are matched against the Host header or the TLS server name. The pattern of the field refuses an IPv6
address; an IPv4 address gets through the pattern, but the specification excludes it. Leave the hostname out to match all.`,
  source: "https://gateway-api.sigs.k8s.io/reference/spec/#hostname",
  severity: "error",
  codes: ["GW002"],
  kinds: ["Gateway", "HTTPRoute", "GRPCRoute", "TLSRoute"],
  groups: ["gateway.networking.k8s.io"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: shop
spec:
  parentRefs: [{name: edge}]
  hostnames: ["fd12:3456:789d::5"]
`,
    good: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: shop
spec:
  parentRefs: [{name: edge}]
  hostnames: ["shop.example.net"]
`,
  },

  *check(resource) {
    for (const hostname of hostnames(resource)) {
      const text = hostname.text ?? "";
      if (!parseAddress(splitHostPort(text)?.host ?? "")) continue;
      yield text.includes(":")
        ? { at: hostname, message: "should match a DNS name, not an IPv6 address; leave it out to match all" }
        : {
            at: hostname,
            severity: "warning" as const,
            message: "an IP address is not allowed as a hostname; leave it out to match all",
          };
    }
  },
};

function hostnames(resource: Resource): readonly Field[] {
  const listeners = resource.get("spec", "listeners")?.items() ?? [];
  return resource.kind === "Gateway"
    ? listeners.flatMap((listener) => listener.get("hostname") ?? [])
    : (resource.get("spec", "hostnames")?.items() ?? []);
}
