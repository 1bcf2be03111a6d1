import { type Address, formatAddress, parseAddress } from "../addresses/address.ts";

/** What may be chosen to be captured. */
export const choices = {
  all: "every packet",
  ipv6: "IPv6 alone",
  icmpv6: "ICMPv6: errors, neighbour discovery, pings",
  neighbors: "neighbour discovery and router advertisements; ARP for IPv4",
  unreachable: "destination unreachable, of both families",
  "too-big": "packet too big; fragmentation needed for IPv4",
  dns: "DNS questions and answers",
} as const;
export type Choice = keyof typeof choices;
export const choiceNames = Object.keys(choices) as readonly Choice[];

/** What is wanted: any of the choices and ports, and of that what concerns the peer. */
export interface FilterWish {
  readonly only: readonly Choice[];
  /** TCP ports. */
  readonly ports: readonly number[];
  readonly peer?: Address;
  /** Instead of all that: packets of either of two ends, and the tunnels between their nodes. */
  readonly between?: PairFilter;
  /** TCP ports that carry the capture itself, and would multiply. */
  readonly without?: readonly number[];
}

/** The addresses of both ends, and those of the node of each. */
export interface PairFilter {
  readonly ends: readonly Address[];
  readonly nodes: readonly [readonly Address[], readonly Address[]];
}

/**
 * A filter of libpcap, of our own words, numbers and the bits of addresses: no text of others gets into it. "" takes everything.
 * {@link https://www.tcpdump.org/manpages/pcap-filter.7.html}
 */
export function filterOf({ only, ports, peer, between, without = [] }: FilterWish): string {
  const wanted = [...only.map((choice) => expressions[choice]), ...ports.map((port) => `tcp port ${portOf(port)}`)];
  const parts = [
    ...(wanted.includes("") || wanted.length === 0 ? [] : [either([...new Set(wanted)])]),
    ...(peer ? [either(concerning(peer))] : []),
    ...(between ? [either(ofPair(between))] : []),
    ...without.map((port) => `not tcp port ${portOf(port)}`),
  ];
  return parts.join(" and ");
}

/** A peer: "2001:db8::1"; undefined for what is no address of one host, such as a multicast address. */
export function peerOf(text: string): Address | undefined {
  const address = parseAddress(text);
  return address && !address.leadingZeros && address.value > 0n ? address : undefined;
}

/** TCP ports as somebody types them: "80, 443"; undefined where one is none, or there is none. */
export function portsIn(text: string): readonly number[] | undefined {
  const words = text.split(/[\s,]+/).filter(Boolean);
  const ports = words.map((word) => (/^\d{1,5}$/.test(word) ? Number(word) : 0));
  return ports.length > 0 && ports.every((port) => port >= 1 && port <= 65535) ? [...new Set(ports)] : undefined;
}

/** Types of ICMPv6: https://www.iana.org/assignments/icmpv6-parameters/; they stand at 40 where no extension header comes first. */
const expressions: Readonly<Record<Choice, string>> = {
  all: "",
  ipv6: "ip6",
  icmpv6: "icmp6",
  neighbors: "(icmp6 and ip6[40] >= 133 and ip6[40] <= 137) or arp",
  unreachable: "(icmp6 and ip6[40] = 1) or (icmp and icmp[0] = 3)",
  "too-big": "(icmp6 and ip6[40] = 2) or (icmp and icmp[0] = 3 and icmp[1] = 4)",
  dns: "port 53",
};

/** From and to it, errors about packets from and to it, and who looks for it as a neighbour. */
function concerning(peer: Address): string[] {
  const host = formatAddress(peer);
  const of = (header: string, offset: number) => wordsAt(peer, header, offset);
  if (peer.family === "IPv4")
    return [`host ${host}`, `icmp and (icmp[0] = 3 or icmp[0] = 11) and ${either([of("icmp", 20), of("icmp", 24)])}`];
  return [
    `ip6 host ${host}`,
    `icmp6 and ip6[40] >= 135 and ip6[40] <= 136 and ${of("ip6", 48)}`,
    `icmp6 and ip6[40] < 128 and ${either([of("ip6", 56), of("ip6", 72)])}`,
  ];
}

/** VXLAN, flannel's VXLAN, Geneve; IPv4, IPv6 and GRE in IP: {@link https://www.iana.org/assignments/protocol-numbers/} */
const tunnels = [
  ...[4789, 8472, 6081].map((port) => `udp port ${port}`),
  ...[4, 41, 47].flatMap((number) => [`ip proto ${number}`, `ip6 proto ${number}`]),
];

function ofPair({ ends, nodes: [one, other] }: PairFilter): string[] {
  const between = [one, other].filter((all) => all.length > 0).map((all) => either(all.map(hostOf)));
  return [...ends.map(hostOf), ...(between.length === 2 ? [[...between, either(tunnels)].join(" and ")] : [])];
}

function hostOf(address: Address): string {
  return `host ${formatAddress(address)}`;
}

/** That an address stands so many bytes behind where a header begins; libpcap compares four bytes at once. */
function wordsAt({ family, value }: Address, header: string, offset: number): string {
  const shifts = family === "IPv6" ? [96n, 64n, 32n, 0n] : [0n];
  return shifts
    .map((shift, index) => {
      const word = ((value >> shift) & 0xffffffffn).toString(16);
      return `${header}[${offset + 4 * index}:4] = 0x${word}`;
    })
    .join(" and ");
}

function either(parts: readonly string[]): string {
  return `(${parts.length === 1 ? parts[0] : parts.map((part) => `(${part})`).join(" or ")})`;
}

function portOf(port: number): number {
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new RangeError(`${port} is no port`);
  return port;
}
