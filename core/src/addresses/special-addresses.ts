import { type Address, contains, formatAddress, type Prefix, parsePrefix } from "./address.ts";

/** A range that packets of a cluster are not sent to. */
export interface Special {
  readonly prefixes: readonly Prefix[];
  readonly code: string;
  readonly what: string;
  readonly instead: string;
  /** What the API server says a backend may not be; undefined if it lets it in. */
  readonly refused?: (address: Address) => string;
  /** Where no backend is meant, these are usual: a name for the pod itself, a DNS cache on the node. */
  readonly alsoMeant?: (address: Address, role: "target" | "resolver" | "peer" | "selector" | "alias") => boolean;
}

/** In the order in which the API server asks. Go takes every ff?2::/16 for link-local multicast, whatever its flags. */
const specials: readonly Special[] = [
  special("IP018", ["::/128", "0.0.0.0/32"], "the unspecified address", "write the real address", {
    refused: (address) => `unspecified (${formatAddress(address)})`,
    alsoMeant: ({ family }, role) =>
      role === "selector" || (family === "IPv4" && (role === "target" || role === "alias")),
  }),
  special("IP018", ["::1/128", "127.0.0.0/8"], "loopback, the pod itself", "write the real address", {
    refused: () => "in the loopback range (127.0.0.0/8, ::1/128)",
    alsoMeant: ({ family }, role) => family === "IPv4" || role !== "target",
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

/** The range among them that an address lies in. */
export function specialOf(address: Address): Special | undefined {
  return specials.find(({ prefixes }) => prefixes.some((prefix) => contains(prefix, address)));
}

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
