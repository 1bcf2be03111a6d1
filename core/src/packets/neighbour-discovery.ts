import { macOf, u16, u32 } from "./bytes.ts";
import type { Icmp } from "./icmp.ts";
import { addressText } from "./ip.ts";

/** Neighbour discovery: {@link https://www.rfc-editor.org/rfc/rfc4861#section-4} */
export type NeighbourMessage =
  | { readonly is: "solicitation"; readonly target: string; readonly mac?: string }
  | { readonly is: "advertisement"; readonly target: string; readonly solicited: boolean; readonly mac?: string }
  | { readonly is: "router solicitation" }
  | ({ readonly is: "router advertisement" } & RouterAdvertisement);

export interface RouterAdvertisement {
  /** Hosts get addresses by DHCPv6. */
  readonly managed: boolean;
  /** Hosts get other settings by DHCPv6. */
  readonly other: boolean;
  /** "high", "medium", "low"; RFC 4191 section 2.2 */
  readonly preference: string;
  /** Seconds it stays a default router; 0: it is none. */
  readonly lifetime: number;
  readonly prefixes: readonly AdvertisedPrefix[];
  readonly mtu?: number;
  /** Addresses of DNS servers; RFC 8106. */
  readonly servers: readonly string[];
  /** It was not kept whole. */
  readonly cut: boolean;
}

export interface AdvertisedPrefix {
  /** "2001:db8::/64" */
  readonly prefix: string;
  readonly length: number;
  readonly onLink: boolean;
  /** Hosts make addresses of it. */
  readonly autonomous: boolean;
  /** Seconds; 4294967295 is for ever. */
  readonly valid: number;
  readonly preferred: number;
}

/** Undefined for other ICMPv6 messages, and for what was not kept as far as its target. */
export function neighbourMessageOf({ type, body }: Icmp): NeighbourMessage | undefined {
  if (type === 133) return { is: "router solicitation" };
  if (type === 134 && body.length >= 12) return { is: "router advertisement", ...advertised(body) };
  if ((type !== 135 && type !== 136) || body.length < 20) return undefined;
  const target = addressText(body.subarray(4, 20));
  // 1 is the asker's own link-layer address, 2 that of the target.
  const mac = optionsOf(body.subarray(20)).options.flatMap(({ type: kind, body: value }) =>
    kind === type - 134 ? (macOf(value) ?? []) : [],
  )[0];
  const about = { target, ...(mac === undefined ? {} : { mac }) };
  if (type === 135) return { is: "solicitation", ...about };
  return { is: "advertisement", solicited: ((body[0] ?? 0) & 0x40) > 0, ...about };
}

function advertised(body: Uint8Array): RouterAdvertisement {
  const flags = body[1] ?? 0;
  const { options, cut } = optionsOf(body.subarray(12));
  const mtu = options.find(({ type, body: value }) => type === 5 && value.length >= 6);
  return {
    managed: (flags & 0x80) > 0,
    other: (flags & 0x40) > 0,
    preference: ["medium", "high", "medium", "low"][(flags >> 3) & 3] ?? "medium",
    lifetime: u16(body, 2),
    prefixes: options.flatMap(({ type, body: value }) => (type === 3 && value.length >= 30 ? [prefixOf(value)] : [])),
    ...(mtu ? { mtu: u32(mtu.body, 2) } : {}),
    servers: options.flatMap(({ type, body: value }) => (type === 25 ? serversIn(value) : [])),
    cut,
  };
}

function prefixOf(value: Uint8Array): AdvertisedPrefix {
  const length = value[0] ?? 0;
  const flags = value[1] ?? 0;
  return {
    prefix: `${addressText(value.subarray(14, 30))}/${length}`,
    length,
    onLink: (flags & 0x80) > 0,
    autonomous: (flags & 0x40) > 0,
    valid: u32(value, 2),
    preferred: u32(value, 6),
  };
}

function serversIn(value: Uint8Array): string[] {
  const servers: string[] = [];
  for (let at = 6; at + 16 <= value.length && servers.length < 8; at += 16)
    servers.push(addressText(value.subarray(at, at + 16)));
  return servers;
}

interface Option {
  readonly type: number;
  /** Behind type and length. */
  readonly body: Uint8Array;
}

/** Lengths are in units of eight bytes. {@link https://www.rfc-editor.org/rfc/rfc4861#section-4.6} */
function optionsOf(bytes: Uint8Array): { readonly options: readonly Option[]; readonly cut: boolean } {
  const options: Option[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const length = (bytes[at + 1] ?? 0) * 8;
    if (length === 0) break;
    if (at + length > bytes.length) return { options, cut: true };
    options.push({ type: bytes[at] ?? 0, body: bytes.subarray(at + 2, at + length) });
    at += length;
  }
  return { options, cut: at < bytes.length };
}
