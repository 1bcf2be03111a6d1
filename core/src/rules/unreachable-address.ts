import { type Address, contains, formatAddress, isMapped, type Prefix, parsePrefix } from "../address.ts";
import { literals } from "../literal.ts";
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  summary: "A backend or target that no packet can reach from elsewhere",
  why: `The unspecified address, loopback, link-local and multicast are no place to send a cluster's packets to: loopback
is whoever asks, link-local needs an interface that the field cannot name, and multicast is a group. The API server
refuses them in Endpoints, EndpointSlices and externalIPs.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go",
  severity: "warning",
  codes: ["IP016", "IP017", "IP018"],
  kinds: ["*"],
  example: {
    bad: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-1
  labels:
    kubernetes.io/service-name: ledger
addressType: IPv6
endpoints:
  - addresses: ["fe80::9"]
`,
    good: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-1
  labels:
    kubernetes.io/service-name: ledger
addressType: IPv6
endpoints:
  - addresses: ["fd12:3456:789a::9"]
`,
  },

  *check(resource) {
    for (const { path, address, at } of literals(resource)) {
      if (!path.role || !address || isMapped(address)) continue;
      const range = specials.find(({ prefixes }) => prefixes.some((prefix) => contains(prefix, address)));
      if (!range || (path.role !== "backend" && range.alsoMeant?.(address, path.role))) continue;
      const refused = path.role === "backend" && range.refused;
      yield {
        at,
        message: refused
          ? `may not be ${range.refused?.(address)}; ${range.instead}`
          : `${formatAddress(address)} is ${range.what}; ${range.instead}`,
        codes: [range.code],
        severity: refused ? "error" : "warning",
      };
    }
  },
};

interface Special {
  readonly prefixes: readonly Prefix[];
  readonly code: string;
  readonly what: string;
  readonly instead: string;
  /** What the API server says a backend may not be; undefined if it lets it in. */
  readonly refused?: (address: Address) => string;
  /** Where no backend is meant, these are usual: a name for the pod itself, a DNS cache on the node. */
  readonly alsoMeant?: (address: Address, role: "target" | "resolver") => boolean;
}

/** In the order in which the API server asks. Go takes every ff?2::/16 for link-local multicast, whatever its flags. */
const specials: readonly Special[] = [
  special("IP018", ["::/128", "0.0.0.0/32"], "the unspecified address", "write the real address", {
    refused: (address) => `unspecified (${formatAddress(address)})`,
    alsoMeant: ({ family }, role) => family === "IPv4" && role === "target",
  }),
  special("IP018", ["::1/128", "127.0.0.0/8"], "loopback, the pod itself", "write the real address", {
    refused: () => "in the loopback range (127.0.0.0/8, ::1/128)",
    alsoMeant: ({ family }, role) => family === "IPv4" || role === "resolver",
  }),
  special("IP016", ["fe80::/10", "169.254.0.0/16"], "link-local", "use a routable address", {
    refused: () => "in the link-local range (169.254.0.0/16, fe80::/10)",
    alsoMeant: ({ family }) => family === "IPv4",
  }),
  special("IP017", multicast(), "link-local multicast", "use a unicast address", {
    refused: () => "in the link-local multicast range (224.0.0.0/24, ff02::/10)",
  }),
  special("IP017", ["ff00::/8", "224.0.0.0/4"], "multicast, a group", "use a unicast address", {}),
];

function special(
  code: string,
  ranges: readonly string[],
  what: string,
  instead: string,
  more: Pick<Special, "refused" | "alsoMeant">,
): Special {
  return { code, prefixes: ranges.map((text) => parsePrefix(text) as Prefix), what, instead, ...more };
}

function multicast(): string[] {
  return ["224.0.0.0/24", ...Array.from({ length: 16 }, (_, flags) => `ff${flags.toString(16)}2::/16`)];
}
