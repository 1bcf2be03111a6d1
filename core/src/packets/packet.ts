import type { Family } from "../addresses/address.ts";
import { type Arp, arpOf } from "./arp.ts";
import type { CapturedPacket } from "./captured.ts";
import { type Frame, frameOf } from "./frame.ts";
import { type Icmp, icmpOf } from "./icmp.ts";
import { type Ip, ipOf } from "./ip.ts";
import { type Tcp, tcpOf, type Udp, udpOf } from "./transport.ts";
import { tunnelOfIp, tunnelOfUdp } from "./tunnel.ts";

/** One packet, or one that another carries. */
export interface WirePacket {
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly time: number | undefined;
  /** The interface it was seen on, where the capture tells: its name or its number. */
  readonly on: string | undefined;
  /** All that is said to be on the same interface is on one link. */
  readonly oneLink: boolean;
  /** Whether it was sent from where it was captured, be it the own or another's; undefined where that is not known. */
  readonly outgoing: boolean | undefined;
  readonly family: Family;
  readonly sourceMac: string | undefined;
  readonly targetMac: string | undefined;
  readonly ip?: Ip;
  readonly arp?: Arp;
  readonly tcp?: Tcp;
  readonly udp?: Udp;
  /** ICMP of its own family alone: the other one's numbers mean other things. */
  readonly icmp?: Icmp;
  /** The kind of tunnel it is in, and the packet around it. */
  readonly inside?: { readonly kind: string; readonly around: WirePacket };
}

/** A tunnel in a tunnel in a tunnel is not opened any more. */
const deepest = 3;

/** A packet and those it carries, the outermost first; none where it is neither IP nor ARP, or was not kept far enough. */
export function packetsIn(captured: CapturedPacket, interfaces: ReadonlyMap<number, string>): WirePacket[] {
  const frame = frameOf(captured);
  const packets: WirePacket[] = [];
  const on =
    captured.interface ??
    (frame?.index === undefined ? undefined : (interfaces.get(frame.index) ?? `interface ${frame.index}`));
  // Linux' "any" in its older form does not tell interfaces apart.
  const about = { number: captured.number, time: captured.time, oneLink: captured.link !== 113 };
  let inside: WirePacket["inside"];
  for (let next = frame; next && packets.length < deepest; ) {
    const packet = packetOf(next, { ...about, on: insideOf(on, inside) }, inside);
    if (!packet) break;
    packets.push(packet);
    const tunnel = packet.udp ? tunnelOfUdp(packet.udp) : packet.ip && tunnelOfIp(packet.ip);
    inside = tunnel && { kind: tunnel.kind, around: packet };
    next = tunnel?.inner;
  }
  return packets;
}

function insideOf(on: string | undefined, inside: WirePacket["inside"]): string | undefined {
  if (!inside) return on;
  return on === undefined ? inside.kind : `${on} in ${inside.kind}`;
}

function packetOf(
  { type, body, sourceMac, targetMac, outgoing }: Frame,
  about: Pick<WirePacket, "number" | "time" | "on" | "oneLink">,
  inside: WirePacket["inside"],
): WirePacket | undefined {
  const common = { ...about, sourceMac, targetMac, outgoing, ...(inside ? { inside } : {}) };
  if (type === 0x0806) {
    const arp = arpOf(body);
    return arp && { ...common, family: "IPv4", arp };
  }
  const ip = type === 0x0800 || type === 0x86dd ? ipOf(body) : undefined;
  return ip && { ...common, family: ip.family, ip, ...carriedBy(ip) };
}

function carriedBy(ip: Ip): Pick<WirePacket, "tcp" | "udp" | "icmp"> {
  const { family, protocol, body, bodyLength } = ip;
  if (protocol === 6) return defined("tcp", tcpOf(body, bodyLength));
  if (protocol === 17) return defined("udp", udpOf(body));
  return protocol === (family === "IPv6" ? 58 : 1) ? defined("icmp", icmpOf(body)) : {};
}

function defined<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}
