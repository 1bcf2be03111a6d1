import { type Address, contains, type Prefix, parsePrefix } from "./address.ts";

/** A range with a meaning of its own, from the IANA special-purpose registries. */
export interface KnownRange {
  readonly prefix: Prefix;
  readonly name: string;
  /** Where packets to it get, in the words of RFC 4007 and of the registries. */
  readonly scope: "global" | "private" | "link-local" | "host" | "multicast" | "none";
  /** What that means in a cluster, one sentence. */
  readonly meaning: string;
  readonly source: string;
}

const rfc = (number: number) => `https://www.rfc-editor.org/rfc/rfc${number}`;

function range(text: string, name: string, scope: KnownRange["scope"], meaning: string, source: string): KnownRange {
  return { prefix: parsePrefix(text) as Prefix, name, scope, meaning, source };
}

/** More specific ranges stand before those that hold them. */
const knownRanges: readonly KnownRange[] = [
  range(
    "::/128",
    "unspecified address",
    "none",
    "To listen on, it means every address of the host; as a destination it is nobody.",
    rfc(4291),
  ),
  range(
    "::1/128",
    "loopback",
    "host",
    "Reaches only the same network namespace, so the containers of one pod.",
    rfc(4291),
  ),
  range(
    "::ffff:0:0/96",
    "IPv4-mapped",
    "none",
    "An IPv4 address in IPv6 form: Kubernetes refuses it from 1.36 on, write the IPv4 address.",
    rfc(4291),
  ),
  range("::/96", "IPv4-compatible (deprecated)", "none", "Deprecated in 2006 and not routed.", rfc(4291)),
  range(
    "64:ff9b::/96",
    "NAT64 well-known prefix",
    "global",
    "Its last 32 bits are the IPv4 address a NAT64 gateway translates to.",
    rfc(6052),
  ),
  range("64:ff9b:1::/48", "NAT64 local-use prefix", "private", "For translation inside one network.", rfc(8215)),
  range("100::/64", "discard-only", "none", "Routers drop packets to it on purpose.", rfc(6666)),
  range("2001::/32", "Teredo", "global", "Tunnels through NAT, out of use.", rfc(4380)),
  range("2001:2::/48", "benchmarking", "none", "For laboratory measurements only.", rfc(5180)),
  range("2001:10::/28", "ORCHID (deprecated)", "none", "Identifiers, not addresses: not routed.", rfc(4843)),
  range("2001:20::/28", "ORCHIDv2", "none", "Identifiers, not addresses: not routed.", rfc(7343)),
  range(
    "2001:db8::/32",
    "documentation",
    "none",
    "For examples only: filtered at network borders, replace it with a prefix of your own.",
    rfc(3849),
  ),
  range(
    "2002::/16",
    "6to4",
    "global",
    "Made from an IPv4 address; its public relays are gone, use a native prefix.",
    rfc(7526),
  ),
  range("3ffe::/16", "6bone (returned)", "none", "A test network that was shut down in 2006.", rfc(3701)),
  range("3fff::/20", "documentation", "none", "For examples only, replace it with a prefix of your own.", rfc(9637)),
  range("5f00::/16", "segment routing identifiers", "none", "SRv6 SIDs, not addresses of hosts.", rfc(9602)),
  range("2000::/3", "global unicast", "global", "Reachable from the Internet if it is routed to you.", rfc(4291)),
  range("fc00::/8", "unique local, undefined half", "private", "Only fd00::/8 is defined for local use.", rfc(4193)),
  range(
    "fd00::/8",
    "unique local (ULA)",
    "private",
    "Not routed in the Internet: reached from your own networks only, and out of these by masquerading or a proxy.",
    rfc(4193),
  ),
  range(
    "fe80::/10",
    "link-local",
    "link-local",
    "Valid on one link only, and needs an interface to be used.",
    rfc(4291),
  ),
  range("fec0::/10", "site-local (deprecated)", "private", "Deprecated in 2004: use a ULA from fd00::/8.", rfc(3879)),
  range("ff01::/16", "interface-local multicast", "multicast", "Stays within one interface.", rfc(4291)),
  range("ff02::/16", "link-local multicast", "multicast", "Stays on one link.", rfc(4291)),
  range("ff00::/8", "multicast", "multicast", "A group, never the address of one pod.", rfc(4291)),
  range(
    "0.0.0.0/8",
    "this network",
    "none",
    "0.0.0.0 means every IPv4 address of the host to listen on, and none of its IPv6 addresses.",
    rfc(791),
  ),
  range("10.0.0.0/8", "private", "private", "Not routed in the Internet.", rfc(1918)),
  range(
    "100.64.0.0/10",
    "shared address space (CGNAT)",
    "private",
    "Between a provider and its customers; some clouds use it for pods.",
    rfc(6598),
  ),
  range(
    "127.0.0.0/8",
    "loopback",
    "host",
    "Reaches only the same network namespace, so the containers of one pod.",
    rfc(1122),
  ),
  range(
    "169.254.169.254/32",
    "cloud metadata service",
    "link-local",
    "The instance metadata of most clouds; AWS serves it at fd00:ec2::254 as well.",
    rfc(3927),
  ),
  range("169.254.0.0/16", "link-local", "link-local", "Valid on one link only.", rfc(3927)),
  range("172.16.0.0/12", "private", "private", "Not routed in the Internet.", rfc(1918)),
  range(
    "192.0.2.0/24",
    "documentation",
    "none",
    "For examples only, replace it with an address of your own.",
    rfc(5737),
  ),
  range("192.168.0.0/16", "private", "private", "Not routed in the Internet.", rfc(1918)),
  range("198.18.0.0/15", "benchmarking", "none", "For laboratory measurements only.", rfc(2544)),
  range(
    "198.51.100.0/24",
    "documentation",
    "none",
    "For examples only, replace it with an address of your own.",
    rfc(5737),
  ),
  range(
    "203.0.113.0/24",
    "documentation",
    "none",
    "For examples only, replace it with an address of your own.",
    rfc(5737),
  ),
  range("224.0.0.0/4", "multicast", "multicast", "A group, never the address of one pod.", rfc(5771)),
  range("255.255.255.255/32", "limited broadcast", "link-local", "Every host on the link.", rfc(919)),
  range("240.0.0.0/4", "reserved", "none", "Reserved since 1989 and not routed.", rfc(1112)),
];

/** The most specific known range that holds all of an address or prefix. */
export function knownRange(of: Prefix | Address): KnownRange | undefined {
  return knownRanges.find(({ prefix }) => contains(prefix, of));
}
