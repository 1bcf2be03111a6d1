import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";
import { atNode } from "./failures.ts";
import type { SceneNode } from "./scene.ts";

/**
 * The device of an IPv6 default route that the kernel learned from a router advertisement, and that no further one will renew, since
 * the node's accept_ra is not what it takes. undefined where another default route stays, or nobody could look. Routes that
 * systemd-networkd or NetworkManager make of advertisements are not marked as learned, and are renewed by them.
 */
export function* fadingDefault(
  node: SceneNode,
): Asking<{ readonly device: string; readonly acceptRa: number } | undefined> {
  const table = yield* tryAsk(routes, atNode(node));
  const settings = yield* tryAsk(interfaceSysctls, atNode(node));
  if (!table.ok || !settings.ok) return undefined;
  const defaults = table.value.filter(({ destination, reject }) => destination === "::/0" && !reject);
  const [first] = defaults;
  const { accept_ra: acceptRa, forwarding } = settings.value[first?.device ?? ""] ?? {};
  if (
    !first ||
    acceptRa === undefined ||
    forwarding === undefined ||
    !defaults.every(({ advertised, expires }) => advertised && expires)
  )
    return undefined;
  return acceptRa === 0 || (acceptRa === 1 && forwarding === 1) ? { device: first.device, acceptRa } : undefined;
}
