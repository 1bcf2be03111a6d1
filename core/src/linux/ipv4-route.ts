import { formatAddress } from "../addresses/address.ts";
import { type FileForm, lines, words } from "./lines.ts";

/** A default route of `/proc/net/route` (net/ipv4/fib_trie.c); numbers are hexadecimal, addresses little-endian. */
export interface DefaultRoute4 {
  readonly device: string;
  /** undefined for a route to a directly connected link */
  readonly gateway: string | undefined;
}

const UP = 0x1;
const GATEWAY = 0x2;
const REJECT = 0x200;

/** Names, and below them device, destination, gateway, flags, three numbers, mask, and more; empty where nobody ever set a route. */
export const routeForm: FileForm = {
  line: /^Iface\s|^\S+\s+(?:[0-9A-F]{8}\s+){2}[0-9A-F]{4}\s+(?:\d+\s+){3}[0-9A-F]{8}(?:\s|$)/i,
};

export function parseDefaultRoutes4(text: string): DefaultRoute4[] {
  return lines(text).flatMap((line) => {
    const [device = "", destination = "", gateway = "", flags = "", , , , mask = ""] = words(line);
    if (destination !== "00000000" || mask !== "00000000" || !/^[0-9A-F]{8}$/i.test(gateway)) return [];
    const bits = Number.parseInt(flags, 16);
    if ((bits & UP) === 0 || (bits & REJECT) !== 0) return [];
    return { device, gateway: bits & GATEWAY ? littleEndian(gateway) : undefined };
  });
}

function littleEndian(hex: string): string {
  const bytes = (hex.match(/../g) ?? []).reverse().join("");
  return formatAddress({ family: "IPv4", value: BigInt(`0x${bytes}`) });
}
