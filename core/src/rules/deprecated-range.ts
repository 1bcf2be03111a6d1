import { type Address, contains, formatAddress, type Prefix, parsePrefix } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import { everyLiteral, isNamedRightly, type Literal, mistaken } from "../literals/literal.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "An address from a range that is dead, deprecated or not for hosts",
  why: `Site-local fec0::/10 was deprecated in 2004, Teredo and the 6bone are gone, ORCHIDs are identifiers,
6to4 (2002::/16) is made from an IPv4 address and has lost the public relays that led to it (RFC 7526), 100::/64 is dropped on purpose, and of fc00::/7 only the half fd00::/8 is defined. IPv4-compatible \`::a.b.c.d\` is not
routed: write the IPv4 address.`,
  source: "https://www.iana.org/assignments/iana-ipv6-special-registry/iana-ipv6-special-registry.xhtml",
  severity: "warning",
  codes: ["IP014", "IP015", "IP019", "IP022"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostAliases:
    - ip: "::10.20.30.40"
      hostnames: [ledger]
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostAliases:
    - ip: "10.20.30.40"
      hostnames: [ledger]
`,
  },

  *check(resource) {
    for (const literal of mistaken(everyLiteral(resource), rangeOf)) {
      const range = rangeOf(literal);
      if (!range || isNamedRightly(literal, resource)) continue;
      const plain = range.code === "IP022" ? ipv4(literal) : undefined;
      yield {
        at: literal.at,
        message: `${literal.text} is ${range.what}`,
        codes: [range.code],
        fix:
          plain === undefined
            ? undefined
            : { kind: "decision", title: `Write ${plain}`, edits: [literal.replace(plain)] },
      };
    }
  },
};

const ranges = (
  [
    ["fec0::/10", "IP014", "site-local, deprecated by RFC 3879; use a ULA from fd00::/8"],
    ["2002::/16", "IP015", "6to4, whose public relays are gone (RFC 7526); use a native prefix"],
    ["2001::/32", "IP015", "a Teredo address, out of use (RFC 4380); use a native one"],
    ["2001:10::/28", "IP015", "an ORCHID identifier (RFC 4843), not routed; use an address"],
    ["3ffe::/16", "IP015", "from the 6bone, returned by RFC 3701; use a prefix of your own"],
    ["100::/64", "IP015", "discard-only (RFC 6666): routers drop it; use a prefix of your own"],
    ["fc00::/8", "IP019", "from the undefined half of fc00::/7 (RFC 4193); use fd00::/8"],
    ["::/96", "IP022", "IPv4-compatible, deprecated by RFC 4291; write the IPv4 address"],
  ] as const
).map(([text, code, what]) => ({ prefix: parsePrefix(text) as Prefix, code, what }));

function rangeOf({ prefix, address, text }: Literal) {
  const read = prefix ?? address;
  if (!read || isSmall(read, text) || contains(kindNetwork, read)) return undefined;
  return ranges.find((range) => contains(range.prefix, read));
}

/**
 * kind takes fc00:: and a hash of the name for the network of its nodes, so whoever uses kind has to live with it:
 * {@link https://github.com/kubernetes-sigs/kind/blob/main/pkg/cluster/internal/providers/docker/network.go}.
 */
const kindNetwork = parsePrefix("fc00:f853:ccd::/48") as Prefix;

/** `::`, `::1` and `::1:5` are not meant as IPv4 addresses, which 0.0.0.0/8 has none of (RFC 1122, section 3.2.1.3). */
function isSmall(read: Prefix | Address, text: string): boolean {
  return ("value" in read ? read : read.address).value <= (text.includes(".") ? 0xffffn : 0xffffffn);
}

function ipv4({ address, prefix }: Literal): string | undefined {
  const read = address ?? prefix?.address;
  if (!read || (prefix && prefix.length < 96)) return undefined;
  const plain = formatAddress({ family: "IPv4", value: read.value });
  return prefix ? `${plain}/${prefix.length - 96}` : plain;
}
