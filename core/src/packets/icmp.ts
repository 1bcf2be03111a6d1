import { u16, u32 } from "./bytes.ts";
import { type Ip, ipOf } from "./ip.ts";
import { type PortPair, portPairOf } from "./transport.ts";

/** ICMPv6 or ICMP for IPv4. */
export interface Icmp {
  readonly type: number;
  readonly code: number;
  /** Behind the first four bytes. */
  readonly body: Uint8Array;
}

/** What a router or a host says of a packet it did not take. */
export interface IcmpError {
  /** "port unreachable" */
  readonly says: string;
  /** Bytes the next link takes, of packet too big and fragmentation needed. */
  readonly mtu?: number;
  /** The packet it is about, as far as it is quoted. */
  readonly about?: { readonly ip: Ip; readonly ports?: PortPair };
}

export function icmpOf(bytes: Uint8Array): Icmp | undefined {
  if (bytes.length < 4) return undefined;
  return { type: bytes[0] ?? 0, code: bytes[1] ?? 0, body: bytes.subarray(4) };
}

/** Undefined for what is no error. */
export function icmpErrorOf({ family }: Pick<Ip, "family">, icmp: Icmp): IcmpError | undefined {
  const says = (family === "IPv6" ? saysOf6 : saysOf4)(icmp);
  if (says === undefined) return undefined;
  const tooBig = family === "IPv6" ? icmp.type === 2 : icmp.type === 3 && icmp.code === 4;
  const mtu = family === "IPv6" ? u32(icmp.body, 0) : u16(icmp.body, 2);
  const about = quoted(icmp.body.subarray(4));
  return { says, ...(tooBig && icmp.body.length >= 4 ? { mtu } : {}), ...(about ? { about } : {}) };
}

function quoted(bytes: Uint8Array): IcmpError["about"] {
  const ip = ipOf(bytes);
  if (!ip) return undefined;
  const hasPorts = (ip.protocol === 6 || ip.protocol === 17) && ip.body.length >= 4;
  return { ip, ...(hasPorts ? { ports: portPairOf(ip.body) } : {}) };
}

/** https://www.iana.org/assignments/icmpv6-parameters/ */
function saysOf6({ type, code }: Icmp): string | undefined {
  if (type === 1) return unreachable6[code] ?? `destination unreachable, code ${code}`;
  if (type === 2) return "packet too big";
  if (type === 3) return code === 0 ? "hop limit exceeded on the way" : "fragments did not all arrive in time";
  if (type === 4) return parameters6[code] ?? `parameter problem, code ${code}`;
  return undefined;
}

const unreachable6: readonly string[] = [
  "no route to destination",
  "administratively prohibited",
  "beyond scope of source address",
  "address unreachable",
  "port unreachable",
  "source address failed ingress or egress policy",
  "reject route to destination",
  "error in source routing header",
  "headers too long",
];

const parameters6: readonly string[] = [
  "erroneous header field",
  "unrecognized next header type",
  "unrecognized IPv6 option",
];

/** https://www.iana.org/assignments/icmp-parameters/ */
function saysOf4({ type, code }: Icmp): string | undefined {
  if (type === 3) return unreachable4[code] ?? `destination unreachable, code ${code}`;
  if (type === 11) return code === 0 ? "time to live exceeded on the way" : "fragments did not all arrive in time";
  return type === 12 ? "parameter problem" : undefined;
}

const unreachable4: Readonly<Record<number, string>> = {
  0: "network unreachable",
  1: "host unreachable",
  2: "protocol unreachable",
  3: "port unreachable",
  4: "fragmentation needed",
  9: "network administratively prohibited",
  10: "host administratively prohibited",
  13: "administratively prohibited",
};
