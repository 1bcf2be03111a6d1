import { type Address, contains, type Prefix, parsePrefix } from "./address.ts";

/**
 * IPv6 space that IANA has given to nobody, so that no network announces it and borders drop it: what is reserved by the IETF in the
 * registry of the address space, and the blocks of 2000::/3 that IANA keeps in the one of unicast assignments, which say when they were
 * changed last. What lies between the blocks of the regional registries is not listed: it is given out year by year.
 * {@link https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml}
 * {@link https://www.iana.org/assignments/ipv6-unicast-address-assignments/ipv6-unicast-address-assignments.xhtml}
 */
const reserved = [
  ...["::/8", "100::/8", "200::/7", "400::/6", "800::/5", "1000::/4", "4000::/3", "6000::/3", "8000::/3", "a000::/3"],
  ...["c000::/3", "e000::/4", "f000::/5", "f800::/6", "fe00::/9"],
  ...["2d00::/8", "2e00::/7", "3000::/4"],
].map((text) => parsePrefix(text) as Prefix);

/** Blocks inside of these that have a meaning of their own: IANA's special-purpose registry and RFC 3701. */
const given = [
  "::/96",
  "::ffff:0:0/96",
  "::ffff:0:0:0/96",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "100::/64",
  "100:0:0:1::/64",
  "3ffe::/16",
  "3fff::/20",
  "5f00::/16",
].map((text) => parsePrefix(text) as Prefix);

export function isUnassigned(of: Prefix | Address): boolean {
  return reserved.some((range) => contains(range, of)) && !given.some((range) => contains(range, of));
}
