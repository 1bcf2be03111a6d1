import { type Choice, type FilterWish, filterOf } from "./filter.ts";

/** Where packets are taken: in the network of a pod, or of a node. */
export type Point =
  | { readonly kind: "pod"; readonly namespace: string; readonly pod: string }
  | { readonly kind: "node"; readonly node: string };

/** When a capture ends, whatever comes first. */
export interface Limits {
  readonly packets: number;
  readonly seconds: number;
  /** Bytes of the file. */
  readonly bytes: number;
}

/** A capture, as somebody wants it. */
export interface Wish {
  readonly at: Point;
  readonly wanted: FilterWish;
  /** "any", or the name of one. */
  readonly interface: string;
  readonly limits: Limits;
  /** All of each packet, not its headers alone. */
  readonly full: boolean;
}

export const usualLimits: Limits = { packets: 10_000, seconds: 30, bytes: 16_000_000 };
/** What is created to capture from lives for five minutes. */
export const mostLimits: Limits = { packets: 1_000_000, seconds: 240, bytes: 256_000_000 };

/** Kernel names: up to 15 bytes; of these no more than such a name commonly has. */
export function isInterface(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,14}$/.test(name);
}

const wholePacket = 262_144;
/** Link, IPv6 and TCP headers; an ICMPv6 error with the headers it is about. */
const headers = 128;
/** The same in a tunnel. */
const headersInTunnel = 192;
/** Names that are asked for, prefixes that are advertised: what these packets are there for. */
const messages = 262;
const messagesAlone: ReadonlySet<Choice> = new Set(["icmpv6", "neighbors", "unreachable", "too-big", "dns"]);

/** Bytes that are kept of each packet. */
export function snaplenOf({ at, wanted, full }: Wish): number {
  if (full) return wholePacket;
  if (wanted.ports.length === 0 && wanted.only.length > 0 && wanted.only.every((one) => messagesAlone.has(one)))
    return messages;
  return at.kind === "node" ? headersInTunnel : headers;
}

/**
 * tcpdump that writes a file to its standard output: not promiscuous, which needs no more rights than reading, each packet at once.
 * {@link https://www.tcpdump.org/manpages/tcpdump.1.html}
 */
export function tcpdumpOf(wish: Wish): string[] {
  const { limits } = wish;
  const filter = filterOf(wish.wanted);
  const fixed = ["tcpdump", "-p", "-n", "-U", "--immediate-mode", "-i", wish.interface, "-s", `${snaplenOf(wish)}`];
  return [...fixed, "-c", `${limits.packets}`, "-w", "-", ...(filter === "" ? [] : [filter])];
}

/** "pod default/web, all interfaces" */
export function pointName({ at, interface: name }: Pick<Wish, "at" | "interface">): string {
  const where = at.kind === "pod" ? `pod ${at.namespace}/${at.pod}` : `node ${at.node}`;
  return `${where}, ${name === "any" ? "all interfaces" : name}`;
}
