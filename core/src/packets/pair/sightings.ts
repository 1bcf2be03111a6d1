import { hexOf } from "../bytes.ts";
import { readCaptureFile } from "../capture-file.ts";
import type { CaptureDescription } from "../captured.ts";
import type { Ip } from "../ip.ts";
import { packetsIn, type WirePacket } from "../packet.ts";
import { mostFollowed, socket } from "../reading/tale.ts";
import type { PairEnd } from "./pair-end.ts";

/** One packet of the pair, as often as it was sent, and where one node saw it. */
export interface Sighted {
  /** The same packet has the same at both nodes, whatever their clocks say. */
  readonly key: string;
  /** The same without the sender's address, which a node may rewrite. */
  readonly anySender: string;
  readonly source: string;
  /** "TCP from fd00::a to [fd00::b]:80" */
  readonly stream: string;
  /** The first of it. */
  readonly packet: WirePacket;
  /** Times that each interface saw it come in, and go out. */
  readonly in: Map<string, number>;
  readonly out: Map<string, number>;
}

/** What one node saw of the pair. */
export interface Sightings {
  /** Of each TCP connection one way the data that was seen, as sequence number and length. */
  readonly data: ReadonlyMap<string, readonly (readonly [number, number])[]>;
  readonly file: CaptureDescription;
  readonly all: ReadonlyMap<string, Sighted>;
  /** The same by their {@link Sighted.anySender}. */
  readonly anySender: ReadonlyMap<string, readonly Sighted[]>;
  /** More packets than are followed: what is missing may be among them. */
  readonly full: boolean;
}

/** `within`: packets by their number. Undefined if it is no capture. Packets in tunnels count as those around them do not: these are between the nodes. */
export function sightingsIn(
  { bytes, around }: Pick<PairEnd, "bytes" | "around">,
  to: readonly string[],
  within: PairEnd["both"],
): Sightings | undefined {
  const all = new Map<string, Sighted>();
  const none = new Map<number, string>();
  const data = new Map<string, [number, number][]>();
  let full = false;
  const file = readCaptureFile(bytes, (captured) => {
    const packets = packetsIn(captured, around.interfaces ?? none);
    const [outermost] = packets;
    for (const packet of packets) {
      const { ip } = packet;
      if (!ip || !to.includes(ip.target)) continue;
      const known = identityOf(packet);
      if (!known) continue;
      if (packet.tcp && packet.tcp.carries > 0) added(data, packet);
      const way = outermost?.outgoing === true ? "out" : "in";
      const on = packet.on ?? "";
      const before = all.get(known.key);
      if (packet.number < within.from) continue;
      // One that came in at the last moment may yet go out, once more and no oftener.
      if (packet.number > within.to && !(before && way === "out" && (before.out.get(on) ?? 0) < most(before.in)))
        continue;
      if (!before && all.size >= 4 * mostFollowed) full = true;
      if (!before && full) continue;
      const sighted = before ?? { ...known, source: ip.source, packet, in: new Map(), out: new Map() };
      all.set(known.key, sighted);
      sighted[way].set(on, (sighted[way].get(on) ?? 0) + 1);
    }
  });
  if (!file) return undefined;
  return { file, all, anySender: Map.groupBy(all.values(), ({ anySender }) => anySender), data, full };
}

/** The same packet is seen on several interfaces: as often as it was sent on each. */
export function most(seen: ReadonlyMap<string, number>): number {
  return Math.max(0, ...seen.values());
}

function added(data: Map<string, [number, number][]>, packet: WirePacket): void {
  const ways = data.get(wayOf(packet)) ?? [];
  if (data.size >= mostFollowed || ways.length >= mostFollowed) return;
  data.set(wayOf(packet), ways);
  ways.push([packet.tcp?.sequence ?? 0, packet.tcp?.carries ?? 0]);
}

/** Whether the first byte that a segment carries was seen, in whatever segment. Sequence numbers go round. */
export function sawData({ data }: Sightings, packet: WirePacket): boolean {
  const { sequence = 0, carries = 0 } = packet.tcp ?? {};
  return carries > 0 && (data.get(wayOf(packet)) ?? []).some(([from, length]) => (sequence - from) >>> 0 < length);
}

function wayOf({ ip, tcp }: WirePacket): string {
  return `${ip?.source} ${tcp?.sourcePort} ${ip?.target} ${tcp?.targetPort}`;
}

/** TCP by its numbers, echoes by identifier and sequence, UDP by what it carries; what else there is has nothing to tell two apart. */
function identityOf({
  ip,
  tcp,
  udp,
  icmp,
  family,
}: WirePacket): Pick<Sighted, "key" | "anySender" | "stream"> | undefined {
  if (!ip || ip.fragment) return undefined;
  const of = (what: string, stream: string) => ({
    key: `${family} ${ip.source} ${ip.target} ${what}`,
    anySender: `${family} ${ip.target} ${what}`,
    stream,
  });
  if (tcp) {
    const { sourcePort, targetPort, sequence, acknowledged, carries } = tcp;
    // What carries data may be joined with more on the way, or parted: it is told by where it begins.
    const rest = carries > 0 ? "data" : `${acknowledged} ${tcp.syn} ${tcp.ack} ${tcp.rst} ${tcp.fin}`;
    return of(`tcp ${targetPort} ${sequence} ${rest}`, streamOf("TCP", ip, sourcePort, targetPort));
  }
  if (udp) {
    const { sourcePort, targetPort, body } = udp;
    const carried = `${ip.bodyLength} ${hexOf(body.subarray(0, 16))}`;
    return of(`udp ${sourcePort} ${targetPort} ${carried}`, streamOf("UDP", ip, sourcePort, targetPort));
  }
  const echo = icmp && echoOf(family, icmp.type);
  if (!echo || icmp.body.length < 4) return undefined;
  return of(`icmp ${icmp.type} ${hexOf(icmp.body.subarray(0, 20))}`, `${echo} from ${ip.source} to ${ip.target}`);
}

/** The port that programs listen on is the lower one as a rule; the other is a new one each time. */
function streamOf(what: string, { source, target }: Ip, sourcePort: number, targetPort: number): string {
  return sourcePort < targetPort
    ? `${what} from ${socket(source, sourcePort)} to ${target}`
    : `${what} from ${source} to ${socket(target, targetPort)}`;
}

function echoOf(family: WirePacket["family"], type: number): string | undefined {
  const [request, reply] = family === "IPv6" ? [128, 129] : [8, 0];
  if (type === request) return "pings";
  return type === reply ? "answers to pings" : undefined;
}
