import { canonicalAddress, formatAddress, parseAddress, unmapped } from "../addresses/address.ts";
import { type FileForm, lines, words } from "./lines.ts";

export interface ListeningSocket {
  readonly family: "IPv4" | "IPv6";
  /** `::` also accepts IPv4 unless the socket is IPV6_V6ONLY, which `/proc` does not show. */
  readonly address: string;
  readonly port: number;
}

const listening = "0A";

/** Number, both ends, state, and more. */
export const socketsForm: FileForm = {
  first: /^sl\s/,
  line: /^\d+:(?: (?:[0-9A-F]{8}|[0-9A-F]{32}):[0-9A-F]{4}){2} [0-9A-F]{2}(?:\s|$)/i,
};

/** The listening sockets of `/proc/net/tcp` or `/proc/net/tcp6`; format: net/ipv4/tcp_ipv4.c, words are little-endian. */
export function parseListeners(text: string): ListeningSocket[] {
  return lines(text).flatMap((line) => {
    const [, local = "", , state] = words(line);
    const socket = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/i.exec(local);
    if (!socket || state !== listening) return [];
    const [, hex = "", port = ""] = socket;
    return { family: hex.length === 8 ? "IPv4" : "IPv6", address: fromWords(hex), port: Number.parseInt(port, 16) };
  });
}

/** True if a connection of the family to that address and port finds this listener. */
export function accepts(listener: ListeningSocket, family: "IPv4" | "IPv6", address: string, port: number): boolean {
  if (listener.port !== port) return false;
  if (listener.address === "::") return true;
  if (listener.family !== family) return false;
  return listener.address === "0.0.0.0" || listener.address === canonicalAddress(address);
}

function fromWords(hex: string): string {
  const swapped = (hex.match(/.{8}/g) ?? []).map((word) => (word.match(/../g) ?? []).reverse().join(""));
  const value = BigInt(`0x${swapped.join("")}`);
  return formatAddress({ family: hex.length === 8 ? "IPv4" : "IPv6", value });
}

/** An established TCP connection; an IPv4-mapped end is IPv4, since its packets are. */
export interface TcpConnection {
  readonly family: "IPv4" | "IPv6";
  readonly local: TcpEnd;
  readonly remote: TcpEnd;
}

export interface TcpEnd {
  readonly address: string;
  readonly port: number;
}

const established = "01";

/** The established connections of `/proc/net/tcp` or `/proc/net/tcp6`. */
export function parseConnections(text: string): TcpConnection[] {
  return lines(text).flatMap((line) => {
    const [, local = "", remote = "", state] = words(line);
    const ends = [local, remote].map(endOf);
    const [own, peer] = ends;
    if (state !== established || !own || !peer) return [];
    return [{ family: peer.address.includes(":") ? "IPv6" : "IPv4", local: own, remote: peer }];
  });
}

function endOf(text: string): TcpEnd | undefined {
  const [, hex = "", port = ""] = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/i.exec(text) ?? [];
  const address = hex === "" ? undefined : parseAddress(fromWords(hex));
  return address && { address: formatAddress(unmapped(address)), port: Number.parseInt(port, 16) };
}
