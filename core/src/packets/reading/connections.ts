import type { WirePacket } from "../packet.ts";
import type { Tcp } from "../transport.ts";
import { flowOf, type IcmpErrors } from "./icmp-errors.ts";
import { type CaptureEnd, isTooLate, noAnswer, type PacketsSay, Seen, socket, type Teller, Tracked } from "./tale.ts";

interface Connection {
  readonly family: PacketsSay["family"];
  readonly client: string;
  readonly server: string;
  /** As the client sends it. */
  readonly flow: string;
  readonly asked: Seen;
  /** It was opened, or something of it was seen that comes only once it was. */
  opened: boolean;
  /** Who broke it off. */
  reset: { readonly by: "client" | "server"; readonly opened: boolean; readonly packet: number } | undefined;
  readonly sending: { readonly client: Sending; readonly server: Sending };
}

/** What one side sends. */
interface Sending {
  /** Sequence number and length of the last data, and how often it was seen. */
  last: { readonly sequence: number; readonly carries: number; readonly size: number; readonly seen: Seen } | undefined;
}

/** Milliseconds after which it is sent again, at the earliest: Linux' TCP_RTO_MIN. What is nearer was seen on another interface. */
const apart = 190;
/** Times that the same data is sent before it is worth a word. */
const oftenSent = 3;

/** Who opens connections to whom, and what comes of it. */
export class Connections implements Teller {
  readonly about = "TCP";
  readonly source = "https://www.rfc-editor.org/rfc/rfc9293#section-3.5";
  readonly #connections = new Tracked<Connection>();
  readonly #errors: IcmpErrors;

  constructor(errors: IcmpErrors) {
    this.#errors = errors;
  }

  take(packet: WirePacket): void {
    const { ip, tcp } = packet;
    if (!ip || !tcp) return;
    const there = `${socket(ip.source, tcp.sourcePort)} ${socket(ip.target, tcp.targetPort)}`;
    if (tcp.syn && !tcp.ack) {
      const known = this.#connections.of(there, () => connectionOf(packet, flowOf(ip, tcp)));
      known?.asked.add(packet, apart);
      return;
    }
    const back = `${socket(ip.target, tcp.targetPort)} ${socket(ip.source, tcp.sourcePort)}`;
    const sent = this.#connections.get(there);
    const connection = sent ?? this.#connections.get(back);
    if (connection) follow(connection, sent ? "client" : "server", packet, tcp);
  }

  tell(end: CaptureEnd): PacketsSay[] {
    // Tries from ever new ports to the same place are one thing.
    const alike = new Map<string, { readonly told: PacketsSay; count: number }>();
    for (const connection of this.#connections.values())
      for (const told of this.#of(connection, end)) {
        const key = `${told.odd} ${told.family} ${told.says}`;
        const known = alike.get(key);
        if (known) {
          known.count++;
          if (known.told.packets.length < 5) (known.told.packets as number[]).push(...told.packets.slice(0, 1));
        } else alike.set(key, { told: { ...told, packets: [...told.packets] }, count: 1 });
      }
    return [...alike.values()].map(({ told, count }) =>
      count === 1 ? told : { ...told, says: `${told.says} (${count} connections)` },
    );
  }

  #of(connection: Connection, end: CaptureEnd): PacketsSay[] {
    const { family, client, server, asked, opened, reset } = connection;
    const says = `${client} to ${server}`;
    const told = (odd: boolean, how: string, packets: readonly number[] = asked.packets) => ({
      odd,
      family,
      says: `${says}${how}`,
      packets,
    });
    if (!opened && reset?.by === "server") return [told(true, ": refused (RST)", [...asked.packets, reset.packet])];
    if (!opened && this.#errors.refused(connection.flow))
      return [told(true, ": refused by an ICMP error, see below", asked.packets)];
    if (!opened && isTooLate(asked, end)) return [told(false, ": asked as the capture ends")];
    if (!opened) return [told(true, `: ${asked.count === 1 ? "one SYN" : `${asked.count} SYNs`}, ${noAnswer}`)];
    const stuck = (["client", "server"] as const).flatMap((side) => {
      const { last } = connection.sending[side];
      if (!last || last.seen.count < oftenSent) return [];
      const who = side === "client" ? "the client" : "the server";
      return [
        told(
          true,
          `: ${who} sends the same ${last.carries} bytes again (packets of ${last.size})${last.seen.times}, not acknowledged in this capture`,
          last.seen.packets,
        ),
      ];
    });
    if (stuck.length > 0) return stuck;
    if (reset) return [told(true, `: opened, then broken off by the ${reset.by} (RST)`, [reset.packet])];
    return [told(false, ": opened")];
  }
}

function connectionOf({ ip, tcp, family }: WirePacket, flow: string): Connection {
  return {
    family,
    client: ip?.source ?? "",
    server: socket(ip?.target ?? "", tcp?.targetPort ?? 0),
    flow,
    asked: new Seen(),
    opened: false,
    reset: undefined,
    sending: { client: { last: undefined }, server: { last: undefined } },
  };
}

function follow(connection: Connection, by: "client" | "server", packet: WirePacket, tcp: Tcp): void {
  const { sending } = connection;
  if (tcp.rst) {
    connection.reset ??= { by, opened: connection.opened, packet: packet.number };
    return;
  }
  // Where the answer went another way, what the client sends after it tells of it.
  if (tcp.ack) connection.opened = true;
  const other = sending[by === "client" ? "server" : "client"];
  if (other.last && isBehind(tcp.acknowledged, other.last)) other.last = undefined;
  if (tcp.carries === 0) return;
  const own = sending[by];
  const again = own.last?.sequence === tcp.sequence;
  // What is older than the last was sent again, too; the oldest not yet acknowledged is what it waits for.
  if (!own.last || (!again && isBefore(tcp.sequence, own.last.sequence)))
    own.last = { sequence: tcp.sequence, carries: tcp.carries, size: packet.ip?.length ?? 0, seen: new Seen() };
  else if (!again) return;
  own.last.seen.add(packet, apart);
}

/** Sequence numbers go round: RFC 9293 section 3.4. */
function isBefore(one: number, other: number): boolean {
  return ((one - other) & 0x80000000) !== 0 && one !== other;
}

function isBehind(acknowledged: number, { sequence, carries }: NonNullable<Sending["last"]>): boolean {
  return !isBefore(acknowledged, (sequence + carries) >>> 0);
}
