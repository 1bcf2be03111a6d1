import { u16 } from "./bytes.ts";
import { byVersion, ethernetFrame, type Frame } from "./frame.ts";
import type { Ip } from "./ip.ts";
import type { Udp } from "./transport.ts";

/** What a packet carries that is a packet again. */
export interface Tunnel {
  /** "VXLAN (VNI 1)" */
  readonly kind: string;
  readonly inner: Frame;
}

/** By its port, as flannel, Calico, Cilium and the IANA have it; undefined for what is none, or was not kept. */
export function tunnelOfUdp({ targetPort, body }: Udp): Tunnel | undefined {
  if (targetPort === 4789 || targetPort === 8472) return vxlan(body);
  return targetPort === 6081 ? geneve(body) : undefined;
}

/** IPv4 in IP, IPv6 in IP, GRE: {@link https://www.iana.org/assignments/protocol-numbers/} */
export function tunnelOfIp({ protocol, body }: Ip): Tunnel | undefined {
  if (protocol === 47) return gre(body);
  const version = (body[0] ?? 0) >> 4;
  if (protocol === 4 && version === 4) return plain("IPv4 in IP", body);
  return protocol === 41 && version === 6 ? plain("IPv6 in IP", body) : undefined;
}

/** https://www.rfc-editor.org/rfc/rfc7348#section-5 */
function vxlan(body: Uint8Array): Tunnel | undefined {
  // Without the flag it has no VNI and is something else.
  if (((body[0] ?? 0) & 0x08) === 0) return undefined;
  return known(`VXLAN (VNI ${vniAt(body, 4)})`, ethernetFrame(body.subarray(8)));
}

/** https://www.rfc-editor.org/rfc/rfc8926#section-3.4 */
function geneve(body: Uint8Array): Tunnel | undefined {
  const first = body[0] ?? 0;
  if (first >> 6 !== 0) return undefined;
  const inside = body.subarray(8 + (first & 0x3f) * 4);
  return known(`Geneve (VNI ${vniAt(body, 4)})`, byType(u16(body, 2), inside));
}

/** https://www.rfc-editor.org/rfc/rfc2890 */
function gre(body: Uint8Array): Tunnel | undefined {
  const flags = u16(body, 0);
  if ((flags & 0x4007) !== 0) return undefined;
  const optional = [0x8000, 0x2000, 0x1000].filter((flag) => (flags & flag) > 0).length * 4;
  return known("GRE", byType(u16(body, 2), body.subarray(4 + optional)));
}

function byType(type: number, inside: Uint8Array): Frame | undefined {
  if (type === 0x6558) return ethernetFrame(inside);
  return type === 0x0800 || type === 0x86dd ? { type, body: inside } : undefined;
}

function plain(kind: string, body: Uint8Array): Tunnel | undefined {
  return known(kind, byVersion(body));
}

function known(kind: string, inner: Frame | undefined): Tunnel | undefined {
  return inner && { kind, inner };
}

function vniAt(bytes: Uint8Array, at: number): number {
  return u16(bytes, at) * 0x100 + (bytes[at + 2] ?? 0);
}
