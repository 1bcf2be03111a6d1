/**
 * IP addresses and prefixes as Kubernetes reads them. Beside `host-port.ts` nobody else in the project splits an address at ":".
 *
 * Parsing follows Go's `net.ParseIP` made tolerant of leading zeros in IPv4 octets, which is what the API server's legacy
 * fields accept (`k8s.io/utils/net.ParseIPSloppy`); what is tolerated is marked, so that a rule can object to it.
 * Canonical text follows RFC 5952, {@link https://www.rfc-editor.org/rfc/rfc5952}.
 */
export type Family = "IPv4" | "IPv6";

export interface Address {
  /** The family it is written in: `::ffff:10.0.0.1` is IPv6 here, although Go and Linux treat it as IPv4. */
  readonly family: Family;
  /** 32 or 128 bits, as written. */
  readonly value: bigint;
  /** An IPv4 octet (or the dotted part of an IPv6 address) has a leading zero: decimal for Go, octal for libc. */
  readonly leadingZeros: boolean;
}

export interface Prefix {
  readonly address: Address;
  /** 0..32 or 0..128 */
  readonly length: number;
  /** The prefix length itself is written with a leading zero ("/048"). */
  readonly leadingZeros: boolean;
}

/** Parses an address without zone, brackets or port; undefined for anything else, also for what a server sent in a text's place. */
export function parseAddress(text: string): Address | undefined {
  if (typeof text !== "string" || text.length > longest) return undefined;
  return text.includes(":") ? parseIPv6(text) : parseIPv4(text);
}

/** True if libc, for which an octet with a leading zero is octal, reads another address than Go does: `010.0.0.1`, not `10.0.0.01`. */
export function isOctalToLibc(text: string): boolean {
  return /(?:^|[.:])0+[1-7][0-7]+(?=[./]|$)/.test(text);
}

/** Parses `address/length`; host bits may be set, see {@link hasHostBits}. */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = typeof text === "string" ? text.indexOf("/") : -1;
  if (slash < 0) return undefined;
  const address = parseAddress(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (!address || !/^\d{1,4}$/.test(digits)) return undefined;
  const length = Number(digits);
  if (length > bits(address.family)) return undefined;
  return { address, length, leadingZeros: digits.length > 1 && digits.startsWith("0") };
}

/** 32 or 128 */
export function bits(family: Family): number {
  return family === "IPv4" ? 32 : 128;
}

export function otherFamily(family: Family): Family {
  return family === "IPv4" ? "IPv6" : "IPv4";
}

/** The family of an address or a prefix in text form, undefined if it is neither. */
export function familyOf(text: string): Family | undefined {
  return (parseAddress(text) ?? parsePrefix(text)?.address)?.family;
}

/** The same as the API server sees it: Go's `net` takes an IPv4-mapped address for the IPv4 address inside. */
export function familyInGo(text: string): Family | undefined {
  const address = parseAddress(text) ?? parsePrefix(text)?.address;
  return address && unmapped(address).family;
}

/** RFC 5952 text; an IPv4-mapped address keeps its dotted part, as Go's netip prints it. */
export function formatAddress({ family, value }: Pick<Address, "family" | "value">): string {
  if (family === "IPv4") return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
  if (value >> 32n === 0xffffn) return `::ffff:${formatAddress({ family: "IPv4", value: value & 0xffffffffn })}`;
  return compress(groups(value).map((group) => group.toString(16)));
}

/** Canonical `network/length` text, with the host bits as they are. */
export function formatPrefix({ address, length }: Pick<Prefix, "address" | "length">): string {
  return `${formatAddress(address)}/${length}`;
}

/** The prefix with every bit beyond its length cleared. */
export function network({ address, length }: Prefix): Prefix {
  const host = BigInt(bits(address.family) - length);
  const value = (address.value >> host) << host;
  return { address: { family: address.family, value, leadingZeros: false }, length, leadingZeros: false };
}

export function hasHostBits(prefix: Prefix): boolean {
  return network(prefix).address.value !== prefix.address.value;
}

export function firstAddress(prefix: Prefix): Address {
  return network(prefix).address;
}

export function lastAddress(prefix: Prefix): Address {
  const first = firstAddress(prefix);
  return { ...first, value: first.value + size(prefix) - 1n };
}

/** Number of addresses, 1 .. 2^128 */
export function size({ address, length }: Prefix): bigint {
  return 1n << BigInt(bits(address.family) - length);
}

/** A single address as its /32 or /128. */
export function hostPrefix(address: Address): Prefix {
  return { address, length: bits(address.family), leadingZeros: false };
}

/** True if every address of `inner` is in `outer`; families never contain each other. */
export function contains(outer: Prefix, inner: Prefix | Address): boolean {
  const prefix = "length" in inner ? inner : hostPrefix(inner);
  if (outer.address.family !== prefix.address.family || prefix.length < outer.length) return false;
  const shift = BigInt(bits(outer.address.family) - outer.length);
  return prefix.address.value >> shift === outer.address.value >> shift;
}

export function overlaps(a: Prefix, b: Prefix): boolean {
  return contains(a, b) || contains(b, a);
}

/** An address as programs print it, however somebody wrote it: `2001:DB8:0::1` is `2001:db8::1`; undefined for what is none. */
export function canonicalAddress(text: string): string | undefined {
  const address = parseAddress(text);
  return address && formatAddress(address);
}

export function sameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && a.value === b.value;
}

/** The group that an IPv6 address is looked for in (RFC 4291 2.7.1): ff02::1:ff and its last 24 bits. */
export function solicitedNode({ value }: Address): Address {
  const group = 0xff0200000000000000000001ff000000n;
  return { family: "IPv6", value: group | (value & 0xffffffn), leadingZeros: false };
}

/** `::ffff:a.b.c.d`, RFC 4291 section 2.5.5.2 */
export function isMapped({ family, value }: Address): boolean {
  return family === "IPv6" && value >> 32n === 0xffffn;
}

/** The IPv4 address inside an IPv4-mapped one, else the address itself. */
export function unmapped(address: Address): Address {
  return isMapped(address) ? { family: "IPv4", value: address.value & 0xffffffffn, leadingZeros: false } : address;
}

/** fc00::/7, RFC 4193 */
export function isUniqueLocal({ family, value }: Address): boolean {
  return family === "IPv6" && value >> 121n === 0b1111110n;
}

/** ::1 or 127.0.0.0/8 */
export function isLoopback({ family, value }: Address): boolean {
  return family === "IPv6" ? value === 1n : value >> 24n === 127n;
}

/** fe80::/10 or 169.254.0.0/16 */
export function isLinkLocal({ family, value }: Address): boolean {
  return family === "IPv6" ? value >> 118n === 0b1111111010n : value >> 16n === 0xa9fen;
}

/** A ULA /48 from 40 random bits, RFC 4193 section 3.2; the caller brings the randomness (5 bytes). */
export function uniqueLocalPrefix(random: Uint8Array): Prefix {
  const id = random.slice(0, 5).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return {
    address: { family: "IPv6", value: (0xfdn << 120n) | (id << 80n), leadingZeros: false },
    length: 48,
    leadingZeros: false,
  };
}

/** No address has more characters, be every number of it written with all its zeros. */
const longest = 64;

function parseIPv4(text: string): Address | undefined {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,4}$/.test(octet) && Number(octet) <= 255))
    return undefined;
  const value = octets.reduce((sum, octet) => (sum << 8n) | BigInt(Number(octet)), 0n);
  return { family: "IPv4", value, leadingZeros: octets.some((octet) => octet.length > 1 && octet.startsWith("0")) };
}

function parseIPv6(text: string): Address | undefined {
  const dotted = /^(.*:)(\d+(?:\.\d+){3})$/.exec(text);
  const tail = dotted ? parseIPv4(dotted[2] ?? "") : undefined;
  if (text.includes(".") && !tail) return undefined;
  const hex = tail ? `${dotted?.[1]}${(tail.value >> 16n).toString(16)}:${(tail.value & 0xffffn).toString(16)}` : text;
  const halves = hex.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], rest = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - rest.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array<string>(missing).fill("0"), ...rest];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const value = all.reduce((sum, group) => (sum << 16n) | BigInt(Number.parseInt(group, 16)), 0n);
  return { family: "IPv6", value, leadingZeros: tail?.leadingZeros ?? false };
}

function groups(value: bigint): number[] {
  return Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn));
}

/** Shortens the longest run of two or more zero groups, the first of equals (RFC 5952 section 4.2). */
function compress(hex: string[]): string {
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; ) {
    let end = start;
    while (end < 8 && hex[end] === "0") end++;
    if (end - start > best.length) best = { start, length: end - start };
    start = Math.max(end, start + 1);
  }
  if (best.length < 2) return hex.join(":");
  return `${hex.slice(0, best.start).join(":")}::${hex.slice(best.start + best.length).join(":")}`;
}
