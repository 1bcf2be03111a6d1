import { type Order, u16, u32 } from "./bytes.ts";
import { type CaptureDescription, type CapturedPacket, mostPackets } from "./captured.ts";

const headerLength = 24;
const recordLength = 16;

/** The magic numbers, as read with the first byte highest, with the order of the file's bytes and parts of a second. */
const magics: ReadonlyMap<number, readonly [Order, number]> = new Map([
  [0xa1b2c3d4, ["big", 1e3]],
  [0xd4c3b2a1, ["little", 1e3]],
  [0xa1b23c4d, ["big", 1e6]],
  [0x4d3cb2a1, ["little", 1e6]],
]);

/**
 * The classic file of tcpdump; undefined if it is none.
 * {@link https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcap}
 */
export function readPcap(bytes: Uint8Array, take: (packet: CapturedPacket) => void): CaptureDescription | undefined {
  const known = magics.get(u32(bytes, 0));
  if (!known || bytes.length < headerLength) return undefined;
  const [order, perMillisecond] = known;
  const link = u16(bytes, order === "big" ? 22 : 20, order);
  const snaplen = u32(bytes, 16, order);
  let packets = 0;
  const file = (problem?: string): CaptureDescription => ({
    format: "pcap",
    packets,
    snaplen: snaplen || undefined,
    filters: [],
    dropped: undefined,
    ...(problem ? { problem } : {}),
  });
  let at = headerLength;
  for (; at + recordLength <= bytes.length; packets++) {
    if (packets >= mostPackets) return file(`it holds more than ${mostPackets} packets`);
    const kept = u32(bytes, at + 8, order);
    const body = at + recordLength;
    if (body + kept > bytes.length) return file(`it ends in packet ${packets + 1}, or is damaged there`);
    take({
      number: packets + 1,
      time: u32(bytes, at, order) * 1000 + u32(bytes, at + 4, order) / perMillisecond,
      link,
      bytes: bytes.subarray(body, body + kept),
      length: u32(bytes, at + 12, order),
    });
    at = body + kept;
  }
  return at < bytes.length ? file(`it ends in packet ${packets + 1}, or is damaged there`) : file();
}
