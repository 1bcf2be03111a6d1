import { type IcmpError, icmpErrorOf } from "../icmp.ts";
import type { WirePacket } from "../packet.ts";
import { type PacketsSay, Seen, socket, type Teller, Tracked } from "./tale.ts";

interface Said {
  readonly family: PacketsSay["family"];
  readonly says: string;
  readonly seen: Seen;
}

/** Milliseconds between two messages; what is nearer is the same seen on another interface. */
const apart = 2;

/** Which router or host refused which packet of whom, and why. */
export class IcmpErrors implements Teller {
  readonly about = "ICMP errors";
  readonly source = "https://www.rfc-editor.org/rfc/rfc4443#section-3";
  readonly #said = new Tracked<Said>();
  readonly #flows = new Set<string>();

  take(packet: WirePacket): void {
    const { ip, icmp, family } = packet;
    const error = ip && icmp && icmpErrorOf(ip, icmp);
    if (!error) return;
    if (error.about?.ports && this.#flows.size < 10_000) this.#flows.add(flowOf(error.about.ip, error.about.ports));
    const says = `${ip.source} says to ${ip.target}: ${named(error, family)}${aboutWhat(error)}`;
    this.#said.of(says, () => ({ family, says, seen: new Seen() }))?.seen.add(packet, apart);
  }

  /** Whether somebody refused a packet of a flow. */
  refused(flow: string): boolean {
    return this.#flows.has(flow);
  }

  tell(): PacketsSay[] {
    return this.#said.values().map(({ family, says, seen }) => ({
      odd: true,
      family,
      says: `${says}${seen.times}`,
      packets: seen.packets,
    }));
  }
}

/** One way of a flow, as it is looked up. */
export function flowOf(
  ip: { readonly source: string; readonly target: string; readonly protocol: number },
  { sourcePort, targetPort }: { readonly sourcePort: number; readonly targetPort: number },
): string {
  return `${ip.protocol} ${socket(ip.source, sourcePort)} ${socket(ip.target, targetPort)}`;
}

function named({ says, mtu, about }: IcmpError, family: PacketsSay["family"]): string {
  if (mtu === undefined) return says;
  const had = about ? `, and the packet had ${about.ip.length}` : "";
  // Routers of before RFC 1191 do not say how much.
  if (mtu === 0) return `${says}; it does not say what size it takes${had}`;
  const odd = family === "IPv6" && mtu < 1280 ? " (less than the 1280 that every IPv6 link has to take)" : "";
  return `${says}: the next link takes ${mtu} bytes${odd}${had}`;
}

const protocols: Readonly<Record<number, string>> = { 1: "ICMP", 6: "TCP", 17: "UDP", 58: "ICMPv6" };

/** The port it came from is left out: each try has another one. */
function aboutWhat({ about }: IcmpError): string {
  if (!about) return "";
  const { ip, ports } = about;
  const protocol = protocols[ip.protocol] ?? `protocol ${ip.protocol}`;
  const target = ports ? socket(ip.target, ports.targetPort) : ip.target;
  return `; about ${protocol} from ${ip.source} to ${target}`;
}
