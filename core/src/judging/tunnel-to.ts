import { type Family, parseAddress } from "../addresses/address.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as links } from "../probes/links.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";
import { atNode } from "./failures.ts";
import type { Link } from "./interface-to.ts";
import type { Flow, SceneNode } from "./scene.ts";
import { type TunnelCost, tunnelCost } from "./tunnel-costs.ts";

/** By which tunnel a node carries a flow. */
export interface TunnelTo extends Link, TunnelCost {
  /** The interface that its packets leave by, where the node's IPv6 routes tell. */
  readonly uplink: Link | undefined;
}

/** The tunnel of a node that leads to a pod; of IPv4, whose routes are not read, the one that there is. `unknown`: nobody could look. */
export function* tunnelTo(node: SceneNode, { family, host = "" }: Flow): Asking<TunnelTo | "none" | "unknown"> {
  const there = yield* tryAsk(links, atNode(node));
  const table = yield* tryAsk(routes, atNode(node));
  if (!there.ok || !table.ok) return "unknown";
  const address = parseAddress(host);
  const all = Object.keys(there.value).filter((name) => tunnelCost(name) !== undefined);
  const byRoute = address && family === "IPv6" ? routeTo(table.value, address)?.device : undefined;
  if (family === "IPv4" ? all.length === 0 : byRoute !== undefined && !all.includes(byRoute)) return "none";
  const device = family === "IPv6" ? byRoute : all.length === 1 ? all[0] : undefined;
  const mtu = there.value[device ?? ""];
  const cost = device === undefined ? undefined : tunnelCost(device);
  if (device === undefined || mtu === undefined || !cost) return "unknown";
  const main = table.value.find(({ destination, reject }) => destination === "::/0" && !reject)?.device ?? "";
  const size = there.value[main];
  return { device, mtu, ...cost, uplink: size === undefined ? undefined : { device: main, mtu: size } };
}

/** Over which family the nodes carry a flow; both where that is not known. */
export function carriers(tunnel: TunnelTo | "none" | "unknown", { family }: Flow): readonly Family[] {
  if (tunnel === "none") return [family];
  return tunnel !== "unknown" && tunnel.over ? [tunnel.over] : ["IPv6", "IPv4"];
}
