import { parseAddress } from "../addresses/address.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { type Device, probe as devices } from "../probes/devices.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import { atNode, atPod } from "./failures.ts";
import type { Ground } from "./proof.ts";
import type { SceneNode, ScenePod } from "./scene.ts";

/** The veth pair by which a pod hangs on its node, as far as it can be told. */
export interface PodLink {
  /** The node's end. */
  readonly device: string;
  /** Why nothing gets through it: "is down", "is a port of no bridge, and the pod's gateway is on cni0". */
  readonly broken?: string;
  readonly by: readonly [Ground, ...Ground[]];
}

/** undefined where nobody can tell which of the node's devices it is. */
export function* podLink(pod: ScenePod, node: SceneNode): Asking<PodLink | undefined> {
  const [inside, onNode, own] = [
    yield* tryAsk(devices, atPod(pod)),
    yield* tryAsk(devices, atNode(node)),
    yield* tryAsk(addresses, atPod(pod)),
  ];
  if (!inside.ok || !onNode.ok) return undefined;
  const others = Object.keys(inside.value).filter((name) => name !== "lo");
  const named = own.ok ? own.value.find(({ address }) => address === pod.ips.IPv6)?.device : undefined;
  const device = inside.value[named ?? (others.length === 1 ? (others[0] ?? "") : "")];
  if (device?.peer === undefined || device.peer === device.index) return undefined;
  const found = Object.entries(onNode.value).find(([, { index }]) => index === device.peer);
  // The index of a device of another network may be that of somebody else's here: the pair points at each other.
  if (!found || found[1].peer !== device.index) return undefined;
  const [name, end] = found;
  const by = [question(devices, atPod(pod)), question(devices, atNode(node))] as const;
  if (end.up === false) return { device: name, broken: "is down", by };
  const bridge = yield* bridgeOf(pod, node, onNode.value);
  if (bridge === "unread") return undefined;
  if (bridge === undefined || end.master === bridge.index || (yield* isRouted(pod, node, name)))
    return { device: name, by };
  return {
    device: name,
    broken: `is ${end.master === undefined ? "a port of no bridge" : "a port of another bridge"}, and the pod's gateway is on ${bridge.name}`,
    by: [...by, ...bridge.by],
  };
}

/** Whether the node sends what is for the pod by the device itself: then it needs no bridge. */
function* isRouted({ ips }: ScenePod, node: SceneNode, device: string): Asking<boolean> {
  const [table, address] = [yield* tryAsk(routes, atNode(node)), parseAddress(ips.IPv6 ?? "")];
  return table.ok && address !== undefined && routeTo(table.value, address)?.device === device;
}

/** The bridge with the pod's gateway, if it has ports at all. */
function* bridgeOf(pod: ScenePod, node: SceneNode, all: Readonly<Record<string, Device>>) {
  const [table, found] = [yield* tryAsk(routes, atPod(pod)), yield* tryAsk(addresses, atNode(node))];
  if (!table.ok || !found.ok) return "unread";
  const gateway = table.value.find(({ destination, reject }) => destination === "::/0" && !reject)?.gateway;
  const name = found.value.find(({ address, scope }) => address === gateway && scope === "global")?.device;
  const index = all[name ?? ""]?.index;
  const hasPorts = index !== undefined && Object.values(all).some(({ master }) => master === index);
  if (name === undefined || !hasPorts) return undefined;
  return { name, index, by: [question(routes, atPod(pod)), question(addresses, atNode(node))] };
}

/** An end of a pair on the node that somebody took down. */
export function* downOn(node: SceneNode): Asking<string | undefined> {
  const found = yield* tryAsk(devices, atNode(node));
  const pairs = Object.entries(found.ok ? found.value : {});
  return pairs.find(([, { up, peer, index }]) => up === false && peer !== undefined && peer !== index)?.[0];
}
