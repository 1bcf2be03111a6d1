import { familyOf } from "../addresses/address.ts";
import type { InterfaceAddress } from "../linux/if-inet6.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import { atNode } from "./failures.ts";
import type { Ground } from "./proof.ts";
import type { SceneNode } from "./scene.ts";

/** The interface with the node's InternalIP, else one with an address from an advertisement. */
export function uplinkOf(found: readonly InterfaceAddress[], { internalIPs }: SceneNode): string | undefined {
  const global = found.filter(({ scope }) => scope === "global");
  return (global.find(({ address }) => internalIPs.includes(address)) ?? global.find(({ permanent }) => !permanent))
    ?.device;
}

export interface UplinkOff {
  readonly device: string;
  readonly because: string;
  readonly by: readonly [Ground, ...Ground[]];
}

/**
 * An interface of a node that IPv6 was turned off on, while the address the node is known by is on no interface. undefined
 * if there is none, or nobody could look.
 */
export function* uplinkIsOff(node: SceneNode): Asking<UplinkOff | undefined> {
  const own = node.internalIPs.find((ip) => familyOf(ip) === "IPv6");
  const settings = yield* tryAsk(interfaceSysctls, atNode(node));
  const found = yield* tryAsk(addresses, atNode(node));
  if (!own || !settings.ok || !found.ok) return undefined;
  if (found.value.some(({ address }) => address === own)) return undefined;
  const off = Object.entries(settings.value).filter(
    ([device, { disable_ipv6 }]) =>
      disable_ipv6 === 1 && isUplink.test(device) && !found.value.some((one) => one.device === device),
  );
  const [device] = off[0] ?? [];
  // A second card may do without on purpose, while the first lost the address by something else.
  const others = Object.entries(settings.value).some(
    ([name, { disable_ipv6 }]) => disable_ipv6 === 0 && isUplink.test(name),
  );
  if (!device || others) return undefined;
  const because = `${device}.disable_ipv6 is 1 on node ${node.name}, whose InternalIP ${own} is on no interface`;
  return { device, because, by: [question(interfaceSysctls, atNode(node)), question(addresses, atNode(node)), node] };
}

/** The names kernels and systemd give to network cards, bonds and their VLANs; not those of CNIs, containers and tunnels. */
const isUplink = /^(eth|en[opsxP]|em|bond|team|wl|br-ex|vlan|ib|venet|ens)\w*(\.\d+)?$/;
