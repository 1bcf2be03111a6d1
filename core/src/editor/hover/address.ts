import { Address6 } from "ip-address";
import {
  type Address,
  bits,
  contains,
  familyOf,
  firstAddress,
  formatAddress,
  formatPrefix,
  hasHostBits,
  isMapped,
  lastAddress,
  network,
  otherFamily,
  type Prefix,
  parseAddress,
  parsePrefix,
  size,
  unmapped,
} from "../../addresses/address.ts";
import { type KnownRange, knownRange } from "../../addresses/known-ranges.ts";

/** Markdown on an address or a prefix in text form; undefined for anything else. */
export function describeLiteral(text: string): string | undefined {
  const prefix = parsePrefix(text);
  if (prefix) return describePrefix(prefix, text);
  const address = parseAddress(text);
  return address && describeAddress(address, text);
}

/** An address or prefix within a line of text, around an offset: brackets, ports and list commas are left out. */
export function literalAt(
  text: string,
  offset: number,
): { readonly text: string; readonly start: number; readonly end: number } | undefined {
  // Longer than any literal is, on either side.
  const from = Math.max(0, offset - 100);
  for (const match of text.slice(from, offset + 100).matchAll(/[0-9A-Fa-f:.]+(?:\/\d{1,3})?/g)) {
    const start = from + match.index;
    if (offset < start || offset > start + match[0].length || !/[:.]/.test(match[0])) continue;
    for (const candidate of [match[0], match[0].replace(/[.:]$/, ""), match[0].replace(/:\d+$/, "")])
      if (familyOf(candidate)) return { text: candidate, start, end: start + candidate.length };
  }
  return undefined;
}

function describeAddress(address: Address, text: string): string {
  const canonical = formatAddress(address);
  const known = knownRange(address);
  const lines = [
    `**${canonical}** ${address.family} address${scopeOf(known, address)}`,
    ...spelling(text, canonical),
    ...rangeLines(known, address),
  ];
  if (isMapped(address)) lines.push(`Holds the IPv4 address ${formatAddress(unmapped(address))}.`);
  if (known?.name.startsWith("NAT64 well-known"))
    lines.push(`Leads to the IPv4 address ${formatAddress({ family: "IPv4", value: address.value & 0xffffffffn })}.`);
  lines.push(...transition(canonical));
  if (contains(ec2Metadata, address)) lines.push("The instance metadata service of AWS over IPv6.");
  return lines.join("\n\n");
}

/** The IPv4 addresses that the transition mechanisms of old wrote into IPv6 addresses. */
function transition(canonical: string): string[] {
  if (!canonical.includes(":")) return [];
  const address = new Address6(canonical);
  if (address.is6to4()) return [`Leads to the 6to4 router ${address.inspect6to4().gateway}.`];
  if (!address.isTeredo()) return [];
  const { server4, client4, udpPort } = address.inspectTeredo();
  return [`Teredo client ${client4} port ${udpPort}, by the server ${server4}.`];
}

const ec2Metadata = parsePrefix("fd00:ec2::254/128") as Prefix;

function describePrefix(prefix: Prefix, text: string): string {
  const canonical = formatPrefix(network(prefix));
  if (prefix.length === 0) return describeEverything(prefix, canonical);
  const known = knownRange(prefix);
  const lines = [
    `**${canonical}** ${prefix.address.family} prefix${scopeOf(known, prefix.address)}`,
    ...spelling(text, formatPrefix(prefix)),
    `${howMany(prefix)}, ${formatAddress(firstAddress(prefix))} to ${formatAddress(lastAddress(prefix))}`,
    ...rangeLines(known, prefix.address),
  ];
  if (hasHostBits(prefix)) lines.push(`Bits are set beyond the prefix length: as a subnet it is \`${canonical}\`.`);
  return lines.join("\n\n");
}

function describeEverything({ address: { family } }: Prefix, canonical: string): string {
  return `**${canonical}** every ${family} address, and no ${otherFamily(family)} address`;
}

/** Up to a /64 in /64s, since that is what an IPv6 network is counted in; beyond, in addresses. */
function howMany(prefix: Prefix): string {
  const { length, address } = prefix;
  if (address.family === "IPv6" && length < 64) return `${powerOfTwo(64 - length)} networks of /64`;
  return length === bits(address.family) ? "1 address" : `${powerOfTwo(bits(address.family) - length)} addresses`;
}

function powerOfTwo(exponent: number): string {
  return exponent > 40 ? `2^${exponent}` : (1n << BigInt(exponent)).toLocaleString("en");
}

/** What is special in IPv4 is listed, the rest is global; what is not listed in IPv6 is not assigned. */
function scopeOf(known: KnownRange | undefined, { family }: Address): string {
  return known ? `, ${known.name}` : family === "IPv4" ? ", global unicast" : ", not assigned";
}

function rangeLines(known: KnownRange | undefined, { family }: Address): string[] {
  if (!known && family === "IPv4") return ["Reachable from the Internet if it is routed to you."];
  if (!known)
    return ["In no range that IANA has assigned ([registry](https://www.iana.org/assignments/ipv6-address-space/))."];
  return [`${known.meaning} ([${formatPrefix(known.prefix)}](${known.source}))`];
}

function spelling(text: string, canonical: string): string[] {
  return text === canonical ? [] : [`Written \`${text}\`; the canonical text of RFC 5952 is \`${canonical}\`.`];
}

/** Number of addresses in words, for inlay hints: "65,536 x /64", "254 addresses". */
export function sizeHint(prefix: Prefix): string {
  const { length, address } = prefix;
  if (address.family === "IPv6" && length < 64) return `${powerOfTwo(64 - length)} x /64`;
  return size(prefix) === 1n ? "1 address" : `${powerOfTwo(bits(address.family) - length)} addresses`;
}
