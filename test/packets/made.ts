/** Packets and captures made of bytes, for tests. */
import { parseAddress } from "#core/addresses/address.ts";

export type Bytes = readonly number[];

export const eth0 = "02:00:00:00:00:01";
export const peer = "02:00:00:00:00:02";

export function n16(value: number): number[] {
  return [(value >>> 8) & 0xff, value & 0xff];
}

export function n32(value: number): number[] {
  return [...n16(value >>> 16), ...n16(value & 0xffff)];
}

export function addressBytes(text: string): number[] {
  const { family, value } = parseAddress(text) ?? { family: "IPv6" as const, value: 0n };
  const length = family === "IPv4" ? 4 : 16;
  return Array.from({ length }, (_, index) => Number((value >> BigInt(8 * (length - 1 - index))) & 0xffn));
}

export function macBytes(text: string): number[] {
  return text.split(":").map((pair) => Number.parseInt(pair, 16));
}

/** Ethernet around IPv4 or IPv6. */
export function ethernet(body: Bytes, from = eth0, vlan?: number): number[] {
  const type = (body[0] ?? 0) >> 4 === 4 ? 0x0800 : 0x86dd;
  return [...macBytes(peer), ...macBytes(from), ...(vlan ? [0x81, 0, ...n16(vlan)] : []), ...n16(type), ...body];
}

export function ipv6(from: string, to: string, next: number, body: Bytes, hops = 64, length = body.length): number[] {
  return [0x60, 0, 0, 0, ...n16(length), next, hops, ...addressBytes(from), ...addressBytes(to), ...body];
}

export function ipv4(from: string, to: string, protocol: number, body: Bytes, length = body.length): number[] {
  const head = [0x45, 0, ...n16(20 + length), 0, 1, 0, 0, 64, protocol, 0, 0];
  return [...head, ...addressBytes(from), ...addressBytes(to), ...body];
}

export function tcp(from: number, to: number, flags: string, sequence = 1, acknowledged = 0, carries = 0): number[] {
  const bit = { F: 1, S: 2, R: 4, P: 8, A: 16 } as const;
  const set = [...flags].reduce((sum, flag) => sum | bit[flag as keyof typeof bit], 0);
  const head = [...n16(from), ...n16(to), ...n32(sequence), ...n32(acknowledged), 0x50, set];
  return [...head, 0, 0, 0, 0, 0, 0, ...Array<number>(carries).fill(0x78)];
}

export function udp(from: number, to: number, body: Bytes): number[] {
  return [...n16(from), ...n16(to), ...n16(8 + body.length), 0, 0, ...body];
}

export function icmp6(type: number, code: number, body: Bytes): number[] {
  return [type, code, 0, 0, ...body];
}

/** A solicitation; `from` undefined: duplicate address detection. */
export function solicitation(target: string, from: string | undefined, mac = eth0): number[] {
  const option = from === undefined ? [] : [1, 1, ...macBytes(mac)];
  const body = icmp6(135, 0, [0, 0, 0, 0, ...addressBytes(target), ...option]);
  return ethernet(ipv6(from ?? "::", `ff02::1:ff${target.slice(-2).padStart(2, "0")}:1`, 58, body, 255), mac);
}

/** `to` undefined: told to all. */
export function advertisement(target: string, to: string | undefined, mac = peer): number[] {
  const flags = to === undefined ? 0x20 : 0x60;
  const body = icmp6(136, 0, [flags, 0, 0, 0, ...addressBytes(target), 2, 1, ...macBytes(mac)]);
  return ethernet(ipv6(target, to ?? "ff02::1", 58, body, 255), mac);
}

export function arp(operation: 1 | 2, sender: string, senderMac: string, target: string): number[] {
  const head = [...macBytes(peer), ...macBytes(senderMac), 0x08, 0x06, 0, 1, 8, 0, 6, 4, ...n16(operation)];
  return [...head, ...macBytes(senderMac), ...addressBytes(sender), 0, 0, 0, 0, 0, 0, ...addressBytes(target)];
}

export function dnsBytes(
  id: number,
  name: string,
  type: number,
  more: { flags?: number; answers?: Bytes[] } = {},
): number[] {
  const labels = name.split(".").flatMap((label) => [label.length, ...Buffer.from(label)]);
  const answers = more.answers ?? [];
  const head = [...n16(id), ...n16(more.flags ?? 0x0100), 0, 1, ...n16(answers.length), 0, 0, 0, 0];
  const records = answers.flatMap((data) => [0xc0, 12, ...n16(type), 0, 1, 0, 0, 0, 30, ...n16(data.length), ...data]);
  return [...head, ...labels, 0, ...n16(type), 0, 1, ...records];
}

/** A packet with its time in seconds. */
export type At = readonly [seconds: number, bytes: Bytes, length?: number];

export interface PcapOptions {
  readonly link?: number;
  readonly snaplen?: number;
  readonly big?: boolean;
  readonly nano?: boolean;
}

export function pcap(packets: readonly At[], { link = 1, snaplen = 262144, big, nano }: PcapOptions = {}): Uint8Array {
  const word = (value: number) => (big ? n32(value) : n32(value).reverse());
  const half = (value: number) => (big ? n16(value) : n16(value).reverse());
  const head = [...word(nano ? 0xa1b23c4d : 0xa1b2c3d4), ...half(2), ...half(4), ...word(0), ...word(0)];
  const records = packets.flatMap(([seconds, bytes, length = bytes.length]) => {
    const kept = bytes.slice(0, snaplen);
    const part = Math.round((seconds % 1) * (nano ? 1e9 : 1e6));
    return [...word(Math.floor(seconds)), ...word(part), ...word(kept.length), ...word(length), ...kept];
  });
  return Uint8Array.from([...head, ...word(snaplen), ...word(link), ...records]);
}

export interface PcapngOptions {
  readonly big?: boolean;
  readonly name?: string;
  readonly filter?: string;
  readonly lost?: number;
  readonly link?: number;
}

export function pcapng(packets: readonly At[], { big, name, filter, lost, link = 1 }: PcapngOptions = {}): Uint8Array {
  const word = (value: number) => (big ? n32(value) : n32(value).reverse());
  const half = (value: number) => (big ? n16(value) : n16(value).reverse());
  const padded = (bytes: Bytes) => [...bytes, ...Array<number>((4 - (bytes.length % 4)) % 4).fill(0)];
  const block = (type: number, body: Bytes) => {
    const length = word(12 + padded(body).length);
    return [...word(type), ...length, ...padded(body), ...length];
  };
  const option = (code: number, value: Bytes) => [...half(code), ...half(value.length), ...padded(value)];
  const long = (value: number) => (big ? [...word(0), ...word(value)] : [...word(value), ...word(0)]);
  const options = [
    ...(name ? option(2, [...Buffer.from(name)]) : []),
    ...(filter ? option(11, [0, ...Buffer.from(filter)]) : []),
    ...option(9, [9]),
    ...option(0, []),
  ];
  const section = block(0x0a0d0d0a, [
    ...word(0x1a2b3c4d),
    ...half(1),
    ...half(0),
    ...word(0xffffffff),
    ...word(0xffffffff),
  ]);
  const described = block(1, [...half(link), 0, 0, ...word(262144), ...options]);
  const enhanced = packets.flatMap(([seconds, bytes, length = bytes.length]) => {
    const ticks = BigInt(Math.round(seconds * 1e9));
    const time = [...word(Number(ticks >> 32n)), ...word(Number(ticks & 0xffffffffn))];
    return block(6, [...word(0), ...time, ...word(bytes.length), ...word(length), ...padded(bytes)]);
  });
  const statistics =
    lost === undefined ? [] : block(5, [...word(0), ...long(0), ...option(5, long(lost)), ...option(0, [])]);
  return Uint8Array.from([...section, ...described, ...enhanced, ...statistics]);
}

/** Linux' "any": the older form without, the newer with the number of the interface; `sent`: from there. */
export function cooked(frame: Bytes, index?: number, sent = false): number[] {
  const [mac, type, body] = [frame.slice(6, 12), frame.slice(12, 14), frame.slice(14)];
  if (index === undefined) return [0, sent ? 4 : 0, 0, 1, 0, 6, ...mac, 0, 0, ...type, ...body];
  return [...type, 0, 0, ...n32(index), 0, 1, sent ? 4 : 0, 6, ...mac, 0, 0, ...body];
}
