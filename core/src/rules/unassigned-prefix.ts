import { formatAddress } from "../addresses/address.ts";
import { isUnassigned } from "../addresses/unassigned.ts";
import type { Rule } from "../lint/rule.ts";
import { everyLiteral, isNamedRightly, type Literal, mistaken } from "../literals/literal.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "An IPv6 prefix from space that is assigned to nobody",
  why: `\`10:244::/56\` looks like 10.244.0.0/16 and is \`0010:0244::\`, in a part of the address space that IANA has reserved. Nobody
routes it, borders drop it, and it is no private space either: the rules that keep ULAs apart (fc00::/7) do not know it, and
programs choose source addresses as if it were global. For networks of your own there is fd00::/8, with 40 random bits behind it.`,
  source: "https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml",
  severity: "warning",
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: pool("10:244::/56"),
    good: pool("fd5e:81f0:9a3c::/56"),
  },

  *check(resource) {
    const misused = (literal: Literal) => isMisused(literal) && !isNamedRightly(literal, resource);
    for (const literal of mistaken(everyLiteral(resource), misused)) {
      const { text, at } = literal;
      yield {
        at,
        message: isLikeIPv4(literal)
          ? `${text} only looks like IPv4: nobody is assigned this IPv6 space or routes it; draw a ULA from fd00::/8`
          : `nobody is assigned ${text}, nor routes it; take a prefix of yours, or draw a ULA from fd00::/8`,
      };
    }
  },
};

/** Halves and quarters of the address space are ways to say all of it, and `::/64` says how long the prefixes are that are told apart. */
function isMisused({ prefix, address, path }: Literal): boolean {
  const read = prefix ?? address;
  if (!read || (prefix && (prefix.length < 12 || prefix.address.value === 0n)) || path.keptOut) return false;
  return isUnassigned(read);
}

/** The first groups are decimal octets of the ranges that people number their pods from. */
function isLikeIPv4({ prefix, address }: Literal): boolean {
  const value = prefix?.address ?? address;
  const [first = "", second = ""] = value ? formatAddress(value).split(":") : [];
  return /^(?:10|172|192|100|169)$/.test(first) && /^\d{0,3}$/.test(second) && Number(second) < 256;
}

function pool(cidr: string): string {
  return `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods-ipv6
spec:
  cidr: ${cidr}
  natOutgoing: true
`;
}
