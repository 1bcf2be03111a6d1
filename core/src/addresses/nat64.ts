import { type Address, contains, formatAddress, type Prefix, parseAddress, parsePrefix } from "./address.ts";

/** {@link https://www.rfc-editor.org/rfc/rfc6052#section-2.1} */
export const wellKnownPref64 = "64:ff9b::/96";

/** How many bits of an IPv4 address stand before bits 64 to 71, which are zero, by the prefix' length (RFC 6052, 2.2). */
const before: Readonly<Record<number, number>> = { 32: 32, 40: 24, 48: 16, 56: 8, 64: 0, 96: 0 };

/** The IPv4 address that an IPv6 address of a translator's prefix stands for; undefined for any other. */
function translatedBy(prefix: Prefix, address: Address): string | undefined {
  const { length } = prefix;
  const high = before[length];
  if (high === undefined || address.family !== "IPv6" || !contains(prefix, address)) return undefined;
  if (length === 96) return formatAddress({ family: "IPv4", value: address.value & 0xffff_ffffn });
  // An address of one's own network, in a prefix that is short, has bits where a translated one has none.
  const idle = bitsOf(address.value, 64, 8) + bitsOf(address.value, 104 - high, 24 + high);
  if (idle !== 0n) return undefined;
  const first = bitsOf(address.value, length, high);
  const rest = bitsOf(address.value, 72, 32 - high);
  return formatAddress({ family: "IPv4", value: (first << BigInt(32 - high)) | rest });
}

/** The same for texts; the well-known prefix by default. */
export function translated(host: string, prefixes: readonly string[] = [wellKnownPref64]): Translated | undefined {
  const address = parseAddress(host);
  for (const text of prefixes) {
    const prefix = parsePrefix(text);
    const four = prefix && address ? translatedBy(prefix, address) : undefined;
    if (four) return { prefix: text, four };
  }
  return undefined;
}

export interface Translated {
  readonly prefix: string;
  /** The IPv4 address behind it. */
  readonly four: string;
}

/** `count` bits of an IPv6 address, from the highest at `from`. */
function bitsOf(value: bigint, from: number, count: number): bigint {
  return (value >> BigInt(128 - from - count)) & ((1n << BigInt(count)) - 1n);
}

/**
 * Why the well-known prefix may not stand before an IPv4 address (RFC 6052, 3.1: only global ones); undefined for one it may.
 * {@link https://www.iana.org/assignments/iana-ipv4-special-registry/}
 */
export function notTranslatable(four: string): string | undefined {
  const address = parseAddress(four);
  return special.find(([range]) => {
    const prefix = parsePrefix(range);
    return prefix && address && contains(prefix, address);
  })?.[1];
}

const special: readonly (readonly [string, string])[] = [
  ["10.0.0.0/8", "private (RFC 1918)"],
  ["172.16.0.0/12", "private (RFC 1918)"],
  ["192.168.0.0/16", "private (RFC 1918)"],
  ["100.64.0.0/10", "shared behind carriers (RFC 6598)"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "link-local"],
  ["198.18.0.0/15", "for benchmarks (RFC 2544)"],
  ["192.0.2.0/24", "documentation (RFC 5737)"],
  ["198.51.100.0/24", "documentation (RFC 5737)"],
  ["203.0.113.0/24", "documentation (RFC 5737)"],
  ["0.0.0.0/8", "this network"],
  ["224.0.0.0/3", "multicast or reserved"],
];
