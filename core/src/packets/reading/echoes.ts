import { u16 } from "../bytes.ts";
import type { WirePacket } from "../packet.ts";
import { type CaptureEnd, isTooLate, noAnswer, type PacketsSay, Seen, type Teller, Tracked } from "./tale.ts";

interface Pings {
  readonly family: PacketsSay["family"];
  readonly source: string;
  readonly target: string;
  readonly asked: Seen;
  readonly open: Map<number, number>;
  answered: number;
}

const mostOpen = 1_000;

/** Echo requests, and which of them were answered. */
export class Echoes implements Teller {
  readonly about = "pings";
  readonly source = "https://www.rfc-editor.org/rfc/rfc4443#section-4";
  readonly #pings = new Tracked<Pings>();

  take(packet: WirePacket): void {
    const { ip, icmp, family } = packet;
    if (!ip || !icmp || icmp.body.length < 4) return;
    const [request, reply] = family === "IPv6" ? [128, 129] : [8, 0];
    if (icmp.type !== request && icmp.type !== reply) return;
    const [source, target] = icmp.type === request ? [ip.source, ip.target] : [ip.target, ip.source];
    const known = this.#pings.get(`${source} ${target}`);
    const id = u16(icmp.body, 0) * 0x10000 + u16(icmp.body, 2);
    if (icmp.type === reply) {
      if (known?.open.delete(id)) known.answered++;
      return;
    }
    const make = () => ({ family, source, target, asked: new Seen(), open: new Map(), answered: 0 });
    const pings = known ?? this.#pings.of(`${source} ${target}`, make);
    // The same one seen on another interface has the same number.
    if (!pings || pings.open.has(id)) return;
    pings.asked.add(packet);
    if (pings.open.size < mostOpen) pings.open.set(id, packet.number);
  }

  tell(end: CaptureEnd): PacketsSay[] {
    return this.#pings.values().map(({ family, source, target, asked, open, answered }) => {
      const says = `${source} pings ${target}`;
      const times = `${answered} of ${asked.count} answered`;
      if (open.size === 0) return { odd: false, family, says: `${says}: ${times}`, packets: asked.packets };
      const waiting = [...open.values()].slice(0, 5);
      // The last one may be answered when nobody looks any more.
      if (open.size === 1 && (answered > 0 || isTooLate(asked, end)))
        return {
          odd: false,
          family,
          says: `${says}: ${times}, the other as the capture ends or never`,
          packets: waiting,
        };
      const what = answered === 0 ? `${asked.times}: ${noAnswer}` : `: ${times} in this capture`;
      return { odd: true, family, says: `${says}${what}`, packets: waiting };
    });
  }
}
