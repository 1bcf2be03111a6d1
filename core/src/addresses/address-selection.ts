import { type Address, contains, type Family, isMapped, type Prefix, parseAddress, parsePrefix } from "./address.ts";

/** One row of a policy table (RFC 6724, 2.1). */
interface Policy {
  readonly prefix: Prefix;
  readonly precedence: number;
  readonly label: number;
}

function table(...rows: readonly (readonly [string, number, number])[]): readonly Policy[] {
  return rows.map(([text, precedence, label]) => ({ prefix: parsePrefix(text) as Prefix, precedence, label }));
}

/** {@link https://www.rfc-editor.org/rfc/rfc6724#section-2.1}; Go (net/addrselect.go) and musl (lookup_name.c) hold the same. */
const rfc6724 = table(
  ["::1/128", 50, 0],
  ["::ffff:0:0/96", 35, 4],
  ["2002::/16", 30, 2],
  ["2001::/32", 5, 5],
  ["fc00::/7", 3, 13],
  ["::/96", 1, 3],
  ["fec0::/10", 1, 11],
  ["3ffe::/16", 1, 12],
  ["::/0", 40, 1],
);

/** glibc still has that of RFC 3484, in which unique local addresses come before IPv4, with a label of their own. {@link https://man7.org/linux/man-pages/man5/gai.conf.5.html} */
const rfc3484 = table(
  ["::1/128", 50, 0],
  ["::ffff:0:0/96", 10, 4],
  ["2002::/16", 30, 2],
  ["::/96", 20, 3],
  ["fec0::/10", 40, 5],
  ["fc00::/7", 40, 6],
  ["2001::/32", 40, 7],
  ["::/0", 40, 1],
);

export type Resolver = "glibc" | "musl" | "Go";

/** A destination and the address that would be dialled from; undefined: there is no way to it. */
export interface AddressPair {
  readonly to: string;
  readonly from: string | undefined;
}

export interface AddressChoice {
  readonly family: Family;
  /** "rule 5: the labels of fd00::1 and 2001:db8::1 differ" */
  readonly because: string;
}

/** Which of an IPv6 and an IPv4 destination a resolver puts first, and by which rule of RFC 6724, 6. */
export function firstFamily(six: AddressPair, four: AddressPair, resolver: Resolver): AddressChoice | undefined {
  const policies = resolver === "glibc" ? rfc3484 : rfc6724;
  if (six.from === undefined && four.from === undefined) return undefined;
  if (six.from === undefined || four.from === undefined)
    return { family: six.from === undefined ? "IPv4" : "IPv6", because: "rule 1: the other one cannot be reached" };
  const [a, b] = [describe(six, policies), describe(four, policies)];
  if (!a || !b) return undefined;
  if (a.scopesMatch !== b.scopesMatch)
    return chosen(a.scopesMatch, `rule 2: the scopes of ${a.scopesMatch ? four.from : six.from} and its target differ`);
  if (a.labelsMatch !== b.labelsMatch) {
    const odd = a.labelsMatch ? four : six;
    return chosen(a.labelsMatch, `rule 5: the labels of ${odd.from} and ${odd.to} differ`);
  }
  if (a.precedence !== b.precedence)
    return chosen(
      a.precedence > b.precedence,
      `rule 6: precedence ${a.precedence} of ${six.to}, ${b.precedence} of IPv4`,
    );
  return undefined;
}

function chosen(six: boolean, because: string): AddressChoice {
  return { family: six ? "IPv6" : "IPv4", because };
}

function describe({ to, from = "" }: AddressPair, policies: readonly Policy[]) {
  const [target, source] = [mapped(to), mapped(from)];
  if (!target || !source) return undefined;
  const [there, here] = [policyOf(target, policies), policyOf(source, policies)];
  return {
    scopesMatch: scopeOf(target) === scopeOf(source),
    labelsMatch: there.label === here.label,
    precedence: there.precedence,
  };
}

function policyOf(address: Address, policies: readonly Policy[]): Policy {
  const matching = policies.filter(({ prefix }) => contains(prefix, address));
  return matching.reduce((best, one) => (one.prefix.length > best.prefix.length ? one : best));
}

/** Link-local and loopback addresses, also those of IPv4, have link scope; unique local ones have the global. */
function scopeOf(address: Address): "link" | "global" {
  const link = ["fe80::/10", "::1/128", "::ffff:169.254.0.0/112", "::ffff:127.0.0.0/104"];
  return link.some((text) => contains(parsePrefix(text) as Prefix, address)) ? "link" : "global";
}

/** IPv4 as the table knows it: `::ffff:192.0.2.1`. */
function mapped(text: string): Address | undefined {
  const address = parseAddress(text);
  if (!address || address.family === "IPv6") return address && isMapped(address) ? undefined : address;
  return { ...address, family: "IPv6", value: 0xffff_0000_0000n | address.value };
}
