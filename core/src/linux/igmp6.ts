import { formatAddress } from "../addresses/address.ts";
import { fromHex } from "./if-inet6.ts";
import { lines, words } from "./lines.ts";

export interface Membership {
  readonly device: string;
  readonly group: string;
}

/** Parses `/proc/net/igmp6` (net/ipv6/mcast.c): who answers neighbour solicitations is a member of ff02::1:ffXX:XXXX. */
export function parseIgmp6(text: string): Membership[] {
  return lines(text).flatMap((line) => {
    const [, device, hex = ""] = words(line);
    return device && /^[0-9a-f]{32}$/i.test(hex) ? [{ device, group: formatAddress(fromHex(hex)) }] : [];
  });
}
