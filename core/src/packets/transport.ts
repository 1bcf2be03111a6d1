import { u16, u32 } from "./bytes.ts";

export interface PortPair {
  readonly sourcePort: number;
  readonly targetPort: number;
}

/** {@link https://www.rfc-editor.org/rfc/rfc9293#section-3.1} */
export interface Tcp extends PortPair {
  readonly sequence: number;
  readonly acknowledged: number;
  readonly syn: boolean;
  readonly ack: boolean;
  readonly rst: boolean;
  readonly fin: boolean;
  /** Bytes it carries, by the word of the packet around it. */
  readonly carries: number;
}

export interface Udp extends PortPair {
  readonly body: Uint8Array;
}

/** `length`: of the segment, which may be longer than what was kept. */
export function tcpOf(bytes: Uint8Array, length: number): Tcp | undefined {
  if (bytes.length < 14) return undefined;
  const flags = bytes[13] ?? 0;
  return {
    ...portPairOf(bytes),
    sequence: u32(bytes, 4),
    acknowledged: u32(bytes, 8),
    syn: (flags & 2) > 0,
    ack: (flags & 16) > 0,
    rst: (flags & 4) > 0,
    fin: (flags & 1) > 0,
    carries: Math.max(0, length - ((bytes[12] ?? 0) >> 4) * 4),
  };
}

/** https://www.rfc-editor.org/rfc/rfc768 */
export function udpOf(bytes: Uint8Array): Udp | undefined {
  if (bytes.length < 8) return undefined;
  const length = u16(bytes, 4);
  return { ...portPairOf(bytes), body: bytes.subarray(8, length >= 8 ? length : undefined) };
}

export function portPairOf(bytes: Uint8Array): PortPair {
  return { sourcePort: u16(bytes, 0), targetPort: u16(bytes, 2) };
}
