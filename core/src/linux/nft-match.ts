import { asText } from "../text/as-text.ts";
import { fieldsOf } from "../text/fields.ts";
import { type Elements, holds, type Maybe } from "./nft-holds.ts";

/** A packet as far as rules ask; what is not known is undefined. */
export interface NftPacket {
  readonly source: string;
  readonly destination: string;
  /** TCP, if nothing else is said. */
  readonly protocol?: "ipv6-icmp" | "udp";
  readonly icmpType?: number;
  /** For the node itself, or from it; forwarded, if nothing is said. */
  readonly way?: "in" | "out";
  /** Of TCP. The port of the peer that dials is not known. */
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly iif?: string;
  readonly oif?: string;
  /** By which device the node would answer its source; null where it has no route there. */
  readonly back?: string | null;
  /** Neighbour discovery is no part of a connection: `untracked`. */
  readonly state: "new" | "established" | "untracked";
  /** Its connection was sent to a Service and translated. */
  readonly translated: boolean;
}

/** Whether a `match` statement holds for a packet. */
export function nftMatches(match: unknown, packet: NftPacket, elements: Elements): Maybe {
  const { op = "==", left, right } = (match ?? {}) as { op?: string; left?: unknown; right?: unknown };
  const flags = packet.protocol === undefined ? synFlags(left) : undefined;
  if (flags) return flags.holds(right, op);
  const concat = fieldsOf(left)?.concat;
  if (Array.isArray(concat)) return concatMatches(op, concat, right, packet, elements);
  const value = valueOfKey(left, packet);
  if (value === unknownValue) return undefined;
  if (value === absent) return false;
  // `fib ... oif exists`, and `missing`, ask whether there is a device at all.
  if (fieldsOf(left)?.fib && typeof right === "boolean") return ((value !== noDevice) === right) === (op !== "!=");
  const inside = holds(value, right, elements);
  if (inside === undefined) return undefined;
  if (op === "==" || op === "in") return inside;
  return op === "!=" ? !inside : undefined;
}

/** `ip6 daddr . tcp dport @bad`: one element has to hold every part. */
function concatMatches(
  op: string,
  parts: readonly unknown[],
  right: unknown,
  packet: NftPacket,
  elements: Elements,
): Maybe {
  const values = parts.map((part) => valueOfKey(part, packet));
  if (values.includes(absent)) return false;
  const given = typeof right === "string" && right.startsWith("@") ? elements(right.slice(1)) : listOf(right);
  const each = given.map((one) => {
    const wanted = concatOf(one);
    const held = values.map((value, index) =>
      typeof value === "symbol" ? undefined : holds(value, wanted?.[index], elements),
    );
    return held.includes(false) ? false : held.includes(undefined) ? undefined : true;
  });
  const inside = each.includes(true) ? true : each.includes(undefined) ? undefined : false;
  return inside === undefined || op === "==" || op === "in" ? inside : op === "!=" ? !inside : undefined;
}

function listOf(right: unknown): readonly unknown[] {
  const set = fieldsOf(right)?.set;
  return Array.isArray(set) ? set : [right];
}

/** The parts of an element, which may stand in an `elem` that has a timeout or a counter. */
function concatOf(element: unknown): readonly unknown[] | undefined {
  const inner = fieldsOf(element)?.elem;
  const parts = fieldsOf(inner === undefined ? element : fieldsOf(inner)?.val)?.concat;
  return Array.isArray(parts) ? parts : undefined;
}

/** What a key of a rule or map is for a packet; a list for a concatenation. */
export function packetKeyOf(key: unknown, packet: NftPacket): readonly (string | number)[] | undefined {
  const parts = fieldsOf(key)?.concat;
  const values = (Array.isArray(parts) ? parts : [key]).map((one) => valueOfKey(one, packet));
  return values.every((value) => typeof value === "string" || typeof value === "number") ? values : undefined;
}

const noDevice = "";
const unknownValue = Symbol("unknown");
/** The packet has no such field, so no rule about it matches. */
const absent = Symbol("absent");
type Value = string | number | typeof unknownValue | typeof absent;

function valueOfKey(key: unknown, packet: NftPacket): Value {
  const object = fieldsOf(key);
  const payload = fieldsOf(object?.payload);
  if (payload) return payloadOf(asText(payload.protocol), asText(payload.field), packet);
  const fib = fieldsOf(object?.fib);
  if (fib) return fibOf(fib, packet);
  const meta = fieldsOf(object?.meta)?.key;
  if (typeof meta === "string") return metaOf(meta, packet);
  if (fieldsOf(object?.ct) && packet.state === "untracked") return trackedNot(fieldsOf(object?.ct)?.key);
  const ct = fieldsOf(object?.ct)?.key;
  if (ct === "state") return packet.state;
  if (ct === "status") return packet.translated ? "dnat" : "none";
  return ct === "direction" ? (packet.state === "new" ? "original" : unknownValue) : unknownValue;
}

/** `fib saddr . iif oif missing` is a filter of reverse paths: nft prints `== false` where the answer would not leave so. */
function fibOf({ result, flags }: Readonly<Record<string, unknown>>, { iif, back }: NftPacket): Value {
  const keys = Array.isArray(flags) ? flags : [flags];
  if (result !== "oif" || !keys.includes("saddr") || back === undefined) return unknownValue;
  if (back === null) return noDevice;
  if (!keys.includes("iif")) return back;
  return iif === undefined ? unknownValue : iif === back ? back : noDevice;
}

/** Of what is not tracked nothing else is known to any rule. */
function trackedNot(key: unknown): Value {
  return key === "state" ? "untracked" : absent;
}

function payloadOf(protocol: string, field: string, packet: NftPacket): Value {
  if (protocol === "ether" && field === "type") return "ip6";
  if (protocol === "ip6" && field === "saddr") return packet.source;
  if (protocol === "ip6" && field === "daddr") return packet.destination;
  if (protocol === "ip6" && field === "nexthdr") return packet.protocol ?? "tcp";
  if (packet.protocol === "ipv6-icmp") return icmpOf(protocol, field, packet);
  const own = packet.protocol ?? "tcp";
  if ((protocol === own || protocol === "th") && field === "dport") return packet.destinationPort ?? unknownValue;
  if ((protocol === own || protocol === "th") && field === "sport") return packet.sourcePort ?? unknownValue;
  const others = ["ip", "udp", "tcp", "icmp", "icmpv6", "sctp", "arp"].filter((one) => one !== own);
  return others.includes(protocol) ? absent : unknownValue;
}

function icmpOf(protocol: string, field: string, { icmpType }: NftPacket): Value {
  if (protocol === "icmpv6" && field === "type") return icmpType ?? unknownValue;
  return ["ip", "tcp", "udp", "th", "icmp", "sctp", "arp"].includes(protocol) ? absent : unknownValue;
}

function metaOf(key: string, { iif, oif, protocol }: NftPacket): Value {
  if (key === "l4proto") return protocol ?? "tcp";
  if (key === "nfproto") return "ipv6";
  if (key === "protocol") return "ip6";
  if (key === "iifname" || key === "iif") return iif ?? unknownValue;
  return key === "oifname" || key === "oif" ? (oif ?? unknownValue) : unknownValue;
}

/** `tcp flags & (fin|syn|rst|ack) == syn`: what we send first is a SYN. */
function synFlags(left: unknown): { holds(right: unknown, op: string): Maybe } | undefined {
  const [field] = (fieldsOf(left)?.["&"] as unknown[] | undefined) ?? [];
  const payload = fieldsOf(fieldsOf(field)?.payload);
  if (payload?.protocol !== "tcp" || payload.field !== "flags") return undefined;
  return {
    holds: (right, op) => (op === "==" ? right === "syn" : op === "!=" ? right !== "syn" : undefined),
  };
}
