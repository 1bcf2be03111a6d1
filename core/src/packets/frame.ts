import { macOf, u16, u32 } from "./bytes.ts";
import type { CapturedPacket } from "./captured.ts";

/** What a link carried. */
export interface Frame {
  /** 0x0800 IPv4, 0x86dd IPv6, 0x0806 ARP: {@link https://www.iana.org/assignments/ieee-802-numbers/} */
  readonly type: number;
  readonly body: Uint8Array;
  readonly sourceMac?: string;
  /** The number of the interface, where one capture has several. */
  readonly index?: number;
  /** Of Ethernet, which does not tell directions. */
  readonly targetMac?: string;
  /** Whether it was sent from where it was captured; undefined where that is not known. */
  readonly outgoing?: boolean;
}

/** Undefined for a link that is not known here, and for what is too short. {@link https://www.tcpdump.org/linktypes.html} */
export function frameOf({ link, bytes }: Pick<CapturedPacket, "link" | "bytes">): Frame | undefined {
  switch (link) {
    case 1:
      return ethernetFrame(bytes);
    case 113:
      return cooked(bytes);
    case 276:
      return cooked2(bytes);
    case 0:
    case 108:
      return loopback(bytes);
    case 12:
    case 14:
    case 101:
    case 228:
    case 229:
      return byVersion(bytes);
    default:
      return undefined;
  }
}

/** Also what stands in a VXLAN or Geneve packet. */
export function ethernetFrame(bytes: Uint8Array): Frame | undefined {
  if (bytes.length < 14) return undefined;
  const targetMac = macOf(bytes.subarray(0, 6)) ?? "";
  return untagged(u16(bytes, 12), bytes.subarray(14), { ...named(bytes.subarray(6, 12)), targetMac });
}

/** IPv4 or IPv6 without anything before it. */
export function byVersion(bytes: Uint8Array): Frame | undefined {
  const version = (bytes[0] ?? 0) >> 4;
  if (version !== 4 && version !== 6) return undefined;
  return { type: version === 4 ? 0x0800 : 0x86dd, body: bytes };
}

/** The type of packets "sent by us"; others are to us, to all, to some, or to somebody else. */
const outgoing = 4;

/** https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html */
function cooked(bytes: Uint8Array): Frame | undefined {
  if (bytes.length < 16) return undefined;
  const length = Math.min(u16(bytes, 4), 8);
  const about = { ...named(bytes.subarray(6, 6 + length)), outgoing: u16(bytes, 0) === outgoing };
  return untagged(u16(bytes, 14), bytes.subarray(16), about);
}

/** https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html */
function cooked2(bytes: Uint8Array): Frame | undefined {
  if (bytes.length < 20) return undefined;
  const length = Math.min(bytes[11] ?? 0, 8);
  const about = {
    ...named(bytes.subarray(12, 12 + length)),
    index: u32(bytes, 4),
    outgoing: bytes[10] === outgoing,
  };
  return untagged(u16(bytes, 0), bytes.subarray(20), about);
}

/** Its first four bytes are the family, in the order and by the number of whichever system wrote it. */
function loopback(bytes: Uint8Array): Frame | undefined {
  return bytes.length < 5 ? undefined : byVersion(bytes.subarray(4));
}

/** 802.1Q, and 802.1ad around it. */
function untagged(type: number, body: Uint8Array, about: Omit<Frame, "type" | "body">): Frame | undefined {
  for (let tags = 0; type === 0x8100 || type === 0x88a8 || type === 0x9100; tags++) {
    if (body.length < 4 || tags > 3) return undefined;
    [type, body] = [u16(body, 2), body.subarray(4)];
  }
  return { type, body, ...about };
}

function named(address: Uint8Array): { readonly sourceMac?: string } {
  const sourceMac = macOf(address);
  return sourceMac === undefined ? {} : { sourceMac };
}
