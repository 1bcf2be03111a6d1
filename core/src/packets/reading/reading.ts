import type { Family } from "../../addresses/address.ts";
import { readCaptureFile } from "../capture-file.ts";
import type { CaptureDescription } from "../captured.ts";
import { packetsIn } from "../packet.ts";
import { Advertisements } from "./advertisements.ts";
import { Connections } from "./connections.ts";
import { Echoes } from "./echoes.ts";
import { IcmpErrors } from "./icmp-errors.ts";
import { Names } from "./names.ts";
import { Neighbours } from "./neighbours.ts";
import type { CaptureSection, PacketsSay, Teller } from "./tale.ts";
import { Tunnels } from "./tunnels.ts";

/** What is known of a capture that does not stand in it. */
export interface AroundCapture {
  /** "pod default/web, all interfaces" */
  readonly point?: string;
  /** What it was asked to take. */
  readonly filter?: string;
  /** Packets the kernel lost while it was made. */
  readonly dropped?: number;
  /** Names of interfaces by their number. */
  readonly interfaces?: ReadonlyMap<number, string>;
}

/** What the packets of a capture say, and no more than they do. */
export interface CaptureReading {
  readonly file: CaptureDescription;
  readonly point: string | undefined;
  readonly filter: string | undefined;
  /** Lost while it was made; undefined: nobody says. */
  readonly dropped: number | undefined;
  /** Seconds from the first packet to the last. */
  readonly lasted: number | undefined;
  /** The outermost packets of each family; ARP is IPv4's. */
  readonly families: Readonly<Record<Family, number>>;
  /** Neither, or not kept far enough to be read. */
  readonly unread: number;
  /** Not all of them was kept. */
  readonly cut: number;
  /** Those that packets say something of. */
  readonly sections: readonly CaptureSection[];
}

/** Lines of a section: more of them nobody reads. */
const mostTold = 25;

/** Undefined if it is no capture: pcap or pcapng. */
export function readCapture(bytes: Uint8Array, around: AroundCapture = {}): CaptureReading | undefined {
  const errors = new IcmpErrors();
  const tellers: readonly Teller[] = [
    new Neighbours(),
    new Advertisements(),
    new Connections(errors),
    errors,
    new Echoes(),
    new Names(),
    new Tunnels(),
  ];
  const families = { IPv4: 0, IPv6: 0 };
  const none = new Map<number, string>();
  let unread = 0;
  let cut = 0;
  let first: number | undefined;
  let last: number | undefined;
  const file = readCaptureFile(bytes, (captured) => {
    const packets = packetsIn(captured, around.interfaces ?? none);
    const [outermost] = packets;
    if (outermost) families[outermost.family]++;
    else unread++;
    if (captured.bytes.length < captured.length) cut++;
    first ??= captured.time;
    last = captured.time ?? last;
    for (const packet of packets) for (const teller of tellers) teller.take(packet);
  });
  if (!file) return undefined;
  return {
    file,
    point: around.point,
    filter: around.filter ?? (file.filters.length > 0 ? file.filters.join("; ") : undefined),
    dropped: around.dropped ?? file.dropped,
    lasted: first === undefined || last === undefined ? undefined : (last - first) / 1000,
    families,
    unread,
    cut,
    sections: tellers.flatMap((teller) => sectionOf(teller, teller.tell({ last }))),
  };
}

/** Whether something in it is to be looked at. */
export function isOdd({ sections }: CaptureReading): boolean {
  return sections.some(({ told }) => told.some(({ odd }) => odd));
}

function sectionOf({ about, source }: Teller, all: readonly PacketsSay[]): CaptureSection[] {
  if (all.length === 0) return [];
  const sorted = [...all.filter(({ odd }) => odd), ...all.filter(({ odd }) => !odd)];
  return [{ about, source, told: sorted.slice(0, mostTold), more: Math.max(0, sorted.length - mostTold) }];
}
