import { type Order, u32 } from "../packets/bytes.ts";

const headerLength = 24;
const recordLength = 16;
/** More than any program keeps of one packet. */
const mostKept = 1 << 20;

/**
 * Cuts what tcpdump writes into whole packets, so that a file of them is never damaged, whenever it ends, and never grows beyond its
 * size. {@link https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcap}
 */
export class PacketRecords {
  readonly #most: number;
  #rest = new Uint8Array(0);
  #order: Order | undefined;
  #bytes = 0;
  #packets = 0;
  #ended: "size" | "damaged" | undefined;

  /** Bytes of the file at most. */
  constructor(most: number) {
    this.#most = most;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get packets(): number {
    return this.#packets;
  }

  /** Why nothing more is taken. */
  get ended(): "size" | "damaged" | undefined {
    return this.#ended;
  }

  /** What is whole by now; it may be nothing. */
  push(chunk: Uint8Array): Uint8Array {
    if (this.#ended) return new Uint8Array(0);
    const all = new Uint8Array(this.#rest.length + chunk.length);
    all.set(this.#rest);
    all.set(chunk, this.#rest.length);
    const end = this.#wholeIn(all);
    this.#rest = all.slice(end);
    this.#bytes += end;
    return all.subarray(0, end);
  }

  #wholeIn(all: Uint8Array): number {
    let at = 0;
    if (this.#order === undefined) {
      if (all.length < headerLength) return 0;
      const magic = u32(all, 0);
      this.#order = magic === 0xa1b2c3d4 || magic === 0xa1b23c4d ? "big" : "little";
      if (this.#order === "little" && magic !== 0xd4c3b2a1 && magic !== 0x4d3cb2a1) return this.#end("damaged", 0);
      at = headerLength;
    }
    while (at + recordLength <= all.length) {
      const kept = u32(all, at + 8, this.#order);
      if (kept > mostKept) return this.#end("damaged", at);
      const end = at + recordLength + kept;
      if (this.#bytes + end > this.#most) return this.#end("size", at);
      if (end > all.length) break;
      this.#packets++;
      at = end;
    }
    return at;
  }

  #end(why: "size" | "damaged", at: number): number {
    this.#ended = why;
    return at;
  }
}
