import type { WirePacket } from "../packet.ts";
import { type PacketsSay, Seen, type Teller, Tracked } from "./tale.ts";

interface OneWay {
  readonly family: PacketsSay["family"];
  readonly kind: string;
  readonly source: string;
  readonly target: string;
  readonly seen: Seen;
  readonly inside: { IPv4: number; IPv6: number };
  /** Bytes it costs, by the length of each packet in it. */
  readonly costs: Set<number>;
}

/** Which packets are carried in VXLAN, Geneve, GRE or IP, between whom, and what that costs. */
export class Tunnels implements Teller {
  readonly about = "tunnels";
  readonly source = "https://www.rfc-editor.org/rfc/rfc7348#section-5";
  readonly #ways = new Tracked<OneWay>();

  take(packet: WirePacket): void {
    const { inside, ip, family } = packet;
    const outer = inside?.around.ip;
    if (!inside || !outer) return;
    const way = this.#ways.of(keyOf(inside.kind, outer.source, outer.target), () => ({
      family: outer.family,
      kind: inside.kind,
      source: outer.source,
      target: outer.target,
      seen: new Seen(),
      inside: { IPv4: 0, IPv6: 0 },
      costs: new Set(),
    }));
    if (!way) return;
    way.seen.add(packet);
    way.inside[family]++;
    // A packet in several parts, or one that a card has yet to split, would tell another number.
    if (ip && !outer.fragment && way.costs.size < 4) way.costs.add(outer.length - ip.length);
  }

  tell(): PacketsSay[] {
    return this.#ways.values().map(({ family, kind, source, target, seen, inside, costs }) => {
      const back = this.#ways.get(keyOf(kind, target, source));
      const [cost] = costs;
      const says = [
        `${kind} over ${family} from ${source} to ${target}: ${seen.count} packets with ${inside.IPv6} of IPv6 and ${inside.IPv4} of IPv4 in them`,
        ...(costs.size === 1 && cost !== undefined && cost > 0 ? [`it costs ${cost} bytes of each packet`] : []),
        ...(back ? [] : ["none the other way in this capture"]),
      ].join(", ");
      return { odd: !back, family, says, packets: seen.packets };
    });
  }
}

function keyOf(kind: string, source: string, target: string): string {
  return `${kind} ${source} ${target}`;
}
