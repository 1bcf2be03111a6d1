import { bits, formatAddress, formatPrefix, hasHostBits, network, type Prefix } from "./address.ts";

/** What a prefix with bits beyond its length may be meant as. */
export interface PrefixReadings {
  /** With its length and the bits beyond it cut; undefined where nobody can have meant that. */
  readonly network: string | undefined;
  /** With a longer length, of those in use, that leaves the address as it is: what is wrong may be the length. */
  readonly longer: readonly string[];
  /** As one address. */
  readonly single: string;
}

/**
 * `fd00:1::7/64` is the network or the one address. In `fd00:10:244::/16` the length is wrong, out of IPv4 habit: an IPv6 network of
 * that size is a registry's, and to cut the address would throw away what somebody chose.
 */
export function readingsOf(prefix: Prefix): PrefixReadings {
  const { address, length } = prefix;
  const least = lastBit(prefix);
  const longer = usual[address.family].filter((bits) => bits > length && bits >= least);
  const single = `${formatAddress(address)}/${bits(address.family)}`;
  const written = longer.map((bits) => `${formatAddress(address)}/${bits}`);
  if (isLengthOfIPv4(prefix)) return { network: undefined, longer: written.length > 0 ? written : [single], single };
  return { network: formatPrefix(network(prefix)), longer: written, single };
}

/** The length cannot be what is meant: it is one for IPv4, and the address goes on far beyond it. */
function isLengthOfIPv4(prefix: Prefix): boolean {
  return prefix.address.family === "IPv6" && prefix.length <= 32 && hasHostBits(prefix);
}

const usual = { IPv4: [16, 24], IPv6: [32, 48, 56, 64, 112] } as const;

/** The length of the shortest prefix that keeps every bit of the address. */
function lastBit({ address }: Prefix): number {
  let [value, length] = [address.value, bits(address.family)];
  for (; length > 0 && (value & 1n) === 0n; length--) value >>= 1n;
  return length;
}
