import { type Order, u16, u32 } from "./bytes.ts";
import { type CaptureDescription, type CapturedPacket, mostPackets } from "./captured.ts";

/** {@link https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng} */
const block = { section: 0x0a0d0d0a, interface: 1, packet: 2, simple: 3, statistics: 5, enhanced: 6 } as const;

interface Interface {
  readonly link: number;
  readonly snaplen: number;
  readonly name: string | undefined;
  /** Milliseconds of one unit of its times. */
  readonly unit: number;
  /** Milliseconds to be added. */
  readonly offset: number;
}

/** Wireshark's own file; undefined if it is none. */
export function readPcapng(bytes: Uint8Array, take: (packet: CapturedPacket) => void): CaptureDescription | undefined {
  if (u32(bytes, 0) !== block.section || bytes.length < 28) return undefined;
  const reader = new Reader(bytes, take);
  const problem = reader.read();
  const { packets, snaplen, filters, dropped } = reader;
  return { format: "pcapng", packets, snaplen, filters: [...filters], dropped, ...(problem ? { problem } : {}) };
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #take: (packet: CapturedPacket) => void;
  #order: Order = "little";
  #interfaces: Interface[] = [];
  packets = 0;
  snaplen: number | undefined;
  readonly filters = new Set<string>();
  dropped: number | undefined;

  constructor(bytes: Uint8Array, take: (packet: CapturedPacket) => void) {
    this.#bytes = bytes;
    this.#take = take;
  }

  /** Block after block; why it ended too early. */
  read(): string | undefined {
    const bytes = this.#bytes;
    let at = 0;
    while (at + 12 <= bytes.length) {
      const isSection = u32(bytes, at) === block.section;
      if (isSection && !this.#begin(at)) return `it is damaged behind packet ${this.packets}`;
      const length = u32(bytes, at + 4, this.#order);
      if (length < 12 || length % 4 !== 0) return `it is damaged behind packet ${this.packets}`;
      if (at + length > bytes.length) return `it ends behind packet ${this.packets}`;
      if (this.packets >= mostPackets) return `it holds more than ${mostPackets} packets`;
      if (!isSection) this.#block(u32(bytes, at, this.#order), bytes.subarray(at + 8, at + length - 4));
      at += length;
    }
    return at < bytes.length ? `it ends behind packet ${this.packets}` : undefined;
  }

  /** A section has byte order and interfaces of its own. */
  #begin(at: number): boolean {
    const magic = u32(this.#bytes, at + 8);
    if (magic !== 0x1a2b3c4d && magic !== 0x4d3c2b1a) return false;
    this.#order = magic === 0x1a2b3c4d ? "big" : "little";
    this.#interfaces = [];
    return true;
  }

  #block(type: number, body: Uint8Array): void {
    const order = this.#order;
    if (type === block.interface) this.#interface(body);
    else if (type === block.enhanced && body.length >= 20)
      this.#packet(u32(body, 0, order), body, 4, { kept: u32(body, 12, order), length: u32(body, 16, order), at: 20 });
    else if (type === block.packet && body.length >= 20)
      this.#packet(u16(body, 0, order), body, 4, { kept: u32(body, 12, order), length: u32(body, 16, order), at: 20 });
    else if (type === block.simple && body.length >= 4) {
      const length = u32(body, 0, order);
      const most = this.#interfaces[0]?.snaplen || body.length;
      this.#packet(0, body, undefined, { kept: Math.min(length, most, body.length - 4), length, at: 4 });
    } else if (type === block.statistics) this.#statistics(body);
  }

  #packet(
    index: number,
    body: Uint8Array,
    timeAt: number | undefined,
    { kept, length, at }: { readonly kept: number; readonly length: number; readonly at: number },
  ): void {
    const from = this.#interfaces[index];
    this.packets++;
    // What belongs to no interface nobody can read; it is counted, so that the others keep their numbers.
    if (!from || at + kept > body.length) return;
    const order = this.#order;
    const ticks = timeAt === undefined ? 0 : u32(body, timeAt, order) * 2 ** 32 + u32(body, timeAt + 4, order);
    this.#take({
      number: this.packets,
      time: timeAt === undefined ? undefined : ticks * from.unit + from.offset,
      link: from.link,
      ...(from.name === undefined ? {} : { interface: from.name }),
      bytes: body.subarray(at, at + kept),
      length,
    });
  }

  #interface(body: Uint8Array): void {
    const order = this.#order;
    const snaplen = u32(body, 4, order);
    if (snaplen > 0) this.snaplen = Math.min(snaplen, this.snaplen ?? snaplen);
    const options = this.#options(body.subarray(8));
    const filter = options.get(11);
    // The first byte says that a text follows.
    if (filter?.[0] === 0 && this.filters.size < 100) this.filters.add(textOf(filter.subarray(1)));
    const name = options.get(2);
    const resolution = options.get(9)?.[0] ?? 6;
    const offset = options.get(14);
    this.#interfaces.push({
      link: u16(body, 0, order),
      snaplen,
      name: name && textOf(name),
      unit: 1000 * (resolution & 0x80 ? 2 ** -(resolution & 0x7f) : 10 ** -resolution),
      offset: offset?.length === 8 ? 1000 * u32(offset, order === "big" ? 4 : 0, order) : 0,
    });
  }

  /** What the interface and the system lost. */
  #statistics(body: Uint8Array): void {
    const options = this.#options(body.subarray(12));
    for (const lost of [options.get(5), options.get(7)])
      if (lost?.length === 8)
        this.dropped = (this.dropped ?? 0) + u32(lost, this.#order === "big" ? 4 : 0, this.#order);
  }

  #options(bytes: Uint8Array): Map<number, Uint8Array> {
    const options = new Map<number, Uint8Array>();
    for (let at = 0; at + 4 <= bytes.length; ) {
      const code = u16(bytes, at, this.#order);
      const length = u16(bytes, at + 2, this.#order);
      if (code === 0 || at + 4 + length > bytes.length) break;
      options.set(code, bytes.subarray(at + 4, at + 4 + length));
      at += 4 + length + ((4 - (length % 4)) % 4);
    }
    return options;
  }
}

/** Of a name or a filter as much as a person reads, without the zero that some writers end it with. */
function textOf(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes.subarray(0, 200));
  return text.replace(/\0.*/s, "");
}
