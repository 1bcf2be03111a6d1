import { u32 } from "./bytes.ts";
import type { CaptureDescription, CapturedPacket } from "./captured.ts";
import { readPcap } from "./pcap.ts";
import { readPcapng } from "./pcapng.ts";

/** Gives every packet of a file, in its order; undefined if it is no capture. Whatever stands in it, nothing is thrown. */
export function readCaptureFile(
  bytes: Uint8Array,
  take: (packet: CapturedPacket) => void,
): CaptureDescription | undefined {
  return readPcapng(bytes, take) ?? readPcap(bytes, take);
}

/** Whether a file begins as a capture does. */
export function isCapture(head: Uint8Array): boolean {
  return head.length >= 4 && [0x0a0d0d0a, 0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1].includes(u32(head, 0));
}
