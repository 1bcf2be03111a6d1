import { type Family, formatAddress } from "../addresses/address.ts";
import { u16 } from "./bytes.ts";

/** An IPv4 or IPv6 packet as far as it was kept. */
export interface Ip {
  readonly family: Family;
  readonly source: string;
  readonly target: string;
  /** The hop limit, or the time to live. */
  readonly hops: number;
  /** {@link https://www.iana.org/assignments/protocol-numbers/}; of IPv6 what stands behind the extension headers. */
  readonly protocol: number;
  /** What it carries; empty where that is a later fragment. */
  readonly body: Uint8Array;
  /** Bytes of the whole packet, by its own word. */
  readonly length: number;
  /** Bytes of what it carries, by its own word. */
  readonly bodyLength: number;
  readonly fragment: boolean;
}

/** Extension headers: hop-by-hop, routing, fragment, authentication, destination, mobility, HIP, shim6. RFC 8200 section 4. */
const extensions = new Set([0, 43, 44, 51, 60, 135, 139, 140]);
const mostExtensions = 8;

/** Undefined for what is too short for its addresses, or of another version. */
export function ipOf(bytes: Uint8Array): Ip | undefined {
  const version = (bytes[0] ?? 0) >> 4;
  if (version === 6) return ipv6Of(bytes);
  return version === 4 ? ipv4Of(bytes) : undefined;
}

/** https://www.rfc-editor.org/rfc/rfc791#section-3.1 */
function ipv4Of(bytes: Uint8Array): Ip | undefined {
  const header = ((bytes[0] ?? 0) & 0xf) * 4;
  if (bytes.length < 20 || header < 20) return undefined;
  const flags = u16(bytes, 6);
  // A card that splits large packets itself is handed a length of 0.
  const length = u16(bytes, 2) || bytes.length;
  const later = (flags & 0x1fff) > 0;
  return {
    family: "IPv4",
    source: addressText(bytes.subarray(12, 16)),
    target: addressText(bytes.subarray(16, 20)),
    hops: bytes[8] ?? 0,
    protocol: bytes[9] ?? 0,
    body: later ? bytes.subarray(0, 0) : bytes.subarray(header, Math.max(header, length)),
    length,
    bodyLength: Math.max(0, length - header),
    fragment: later || (flags & 0x2000) > 0,
  };
}

/** https://www.rfc-editor.org/rfc/rfc8200#section-3 */
function ipv6Of(bytes: Uint8Array): Ip | undefined {
  if (bytes.length < 40) return undefined;
  const length = 40 + (u16(bytes, 4) || Math.max(0, bytes.length - 40));
  let protocol = bytes[6] ?? 0;
  let at = 40;
  let fragment = false;
  let later = false;
  for (let count = 0; extensions.has(protocol) && at + 8 <= bytes.length && count < mostExtensions; count++) {
    const next = bytes[at] ?? 0;
    if (protocol === 44) {
      const where = u16(bytes, at + 2);
      fragment = (where & 0xfff9) > 0;
      later = where >> 3 > 0;
    }
    const size = bytes[at + 1] ?? 0;
    at += protocol === 44 ? 8 : protocol === 51 ? (size + 2) * 4 : (size + 1) * 8;
    protocol = next;
    if (later) break;
  }
  return {
    family: "IPv6",
    source: addressText(bytes.subarray(8, 24)),
    target: addressText(bytes.subarray(24, 40)),
    hops: bytes[7] ?? 0,
    protocol,
    body: later ? bytes.subarray(0, 0) : bytes.subarray(Math.min(at, length), length),
    length,
    bodyLength: Math.max(0, length - at),
    fragment,
  };
}

/** One capture has few addresses and many packets. */
const known = new Map<string, string>();

/** RFC 5952 text of 4 or 16 bytes. */
export function addressText(bytes: Uint8Array): string {
  const key = String.fromCharCode(...bytes);
  const found = known.get(key);
  if (found !== undefined) return found;
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  const text = formatAddress({ family: bytes.length === 4 ? "IPv4" : "IPv6", value });
  if (known.size >= 10_000) known.clear();
  known.set(key, text);
  return text;
}
