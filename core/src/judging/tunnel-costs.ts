import type { Family } from "../addresses/address.ts";

/** What carries packets between nodes, by the name of its device, and what it takes of each. */
export interface TunnelCost {
  /** "VXLAN", "WireGuard" */
  readonly kind: string;
  /** The family of the packets that carry; undefined where the name does not tell. */
  readonly over: Family | undefined;
  /** Bytes that it takes of the underlay's MTU, by the family of the packets that carry. */
  readonly bytes: Readonly<Partial<Record<Family, number>>>;
}

/** Outer IP, UDP, VXLAN and inner Ethernet headers: https://www.rfc-editor.org/rfc/rfc7348#section-5; Geneve's without options are as long. */
const vxlan = { IPv4: 50, IPv6: 70 } as const;
/** Outer IP, UDP, and 32 bytes of its own: https://www.wireguard.com/protocol/ */
const wireguard = { IPv4: 60, IPv6: 80 } as const;

const tunnels: readonly (readonly [RegExp, TunnelCost])[] = [
  [/^(flannel-v6\.\d+|vxlan-v6\.calico)$/, { kind: "VXLAN", over: "IPv6", bytes: vxlan }],
  [/^(flannel\.\d+|vxlan\.calico)$/, { kind: "VXLAN", over: "IPv4", bytes: vxlan }],
  [/^(cilium_vxlan|antrea-vx.*|vxlan.*)$/, { kind: "VXLAN", over: undefined, bytes: vxlan }],
  [/^(cilium_geneve|genev.*)$/, { kind: "Geneve", over: undefined, bytes: vxlan }],
  [/^(wg-v6\.cali|flannel-wg-v6)$/, { kind: "WireGuard", over: "IPv6", bytes: wireguard }],
  [/^(wireguard\.cali|flannel-wg)$/, { kind: "WireGuard", over: "IPv4", bytes: wireguard }],
  [/^(cilium_wg\d+|wg\d+)$/, { kind: "WireGuard", over: undefined, bytes: wireguard }],
  [/^(tunl\d+|flannel\.ipip|cilium_ipip4)$/, { kind: "IPv4 in IP", over: "IPv4", bytes: { IPv4: 20 } }],
  [/^sit\d+$/, { kind: "IPv6 in IPv4", over: "IPv4", bytes: { IPv4: 20 } }],
  [/^(ip6tnl\d+|cilium_ipip6)$/, { kind: "IPv6 in IPv6", over: "IPv6", bytes: { IPv6: 40 } }],
];

/** undefined where a device is no tunnel that a network plugin is known to make. */
export function tunnelCost(device: string): TunnelCost | undefined {
  return tunnels.find(([pattern]) => pattern.test(device))?.[1];
}

/** "VXLAN over IPv6 takes 70 of eth0's 1500 bytes" */
export function costWords(
  { kind, over, bytes }: TunnelCost,
  uplink: { device: string; mtu: number } | undefined,
): string {
  const costs = Object.entries(bytes).filter(([family]) => over === undefined || family === over);
  const words = costs.map(([family, cost]) => `${kind} over ${family} takes ${cost} bytes`).join(", ");
  return uplink ? `${words} of ${uplink.device}'s ${uplink.mtu}` : words;
}
