import { familyOf, parseAddress } from "../addresses/address.ts";
import type { Answer } from "../cluster/cluster.ts";
import { type Route, routeTo } from "../linux/ipv6-route.ts";
import type { Transit } from "../probes/transit.ts";
import type { Crossed, Crossing } from "./crossing.ts";
import { trackedFrom, trackedOf } from "./tracking.ts";

/** By which device a packet leaves its node, and what carries it from there. */
export interface Leaving {
  readonly device: string;
  /** "UDP 8472" for flannel's and Cilium's VXLAN, and so on; undefined where the packet travels as it is. */
  readonly tunnel: string | undefined;
  /** Addresses of the two nodes that what carries it goes between. */
  readonly between: readonly [string, string] | undefined;
}

/** undefined where the node's routes do not say. */
export function leavingBy(
  { near, far, flow }: Crossing,
  table: Answer<readonly Route[]> | undefined,
): Leaving | undefined {
  const address = parseAddress(flow.host ?? "");
  const route = table?.ok && address ? routeTo(table.value, address) : undefined;
  if (!route) return undefined;
  const tunnel = tunnelBy(route.device);
  const [a, b] = [near, far].map((node) => node?.internalIPs.find((ip) => familyOf(ip) === flow.family));
  return { device: route.device, tunnel, between: a && b ? [a, b] : undefined };
}

/** "UDP 8472", of a device that carries packets between nodes. */
export function tunnelBy(device: string): string | undefined {
  return tunnels.find(([pattern]) => pattern.test(device))?.[1];
}

/** The devices CNIs carry packets between nodes with, and the port to look at; the ports are their defaults. */
const tunnels: readonly (readonly [RegExp, string])[] = [
  [/^(flannel(-v6)?\.\d+|cilium_vxlan)$/, "UDP 8472"],
  [/^(vxlan(-v6)?\.calico|antrea-vx|vxlan.*)$/, "UDP 4789"],
  [/^(cilium_geneve|genev_sys_\d+|geneve.*)$/, "UDP 6081"],
  [/^(wg-v6\.cali)$/, "UDP 51821"],
  [/^(wireguard\.cali|flannel-wg(-v6)?|cilium_wg\d+|wg\d+)$/, "UDP 51820 and 51821"],
];

/** How far our own packets were seen to come. */
export type Reached =
  /** The far node tracks the connection: it came, and was passed on to the pod. */
  | "delivered"
  /** The node passed it on by a device that counted it, and the far node saw nothing of it. */
  | "left, not arrived"
  /** The far node's device counted it, and the far node tracks no such connection. */
  | "arrived, not delivered"
  /** The node has a way for it, and refused to send: there is no entry for the peer. */
  | "not sent"
  | "unclear";

export interface ReachedHow {
  readonly reached: Reached;
  /** The observations in words. */
  readonly by: string;
  /** A node tracks the very connection; else only counters moved, and anybody's packets may have moved them. */
  readonly own: boolean;
}

/** What the two nodes saw of one dial that failed. */
export function reachedHow(crossing: Crossing, crossed: Crossed, leaving: Leaving | undefined): ReachedHow {
  const here = trackedOf(crossing.flow, seenOf(crossed.near));
  const there = trackedOf(crossing.flow, seenOf(crossed.far));
  return { ...place(crossing, crossed, leaving), own: (here ?? there) !== undefined };
}

function place(crossing: Crossing, crossed: Crossed, leaving: Leaving | undefined): Omit<ReachedHow, "own"> {
  const { near, far, flow } = crossing;
  const [here, there] = [seenOf(crossed.near), seenOf(crossed.far)];
  if (trackedOf(flow, there))
    return { reached: "delivered", by: `node ${far?.name} tracks the connection from ${flow.from.ips[flow.family]}` };
  // What is translated comes to the other node from an address that the node itself dials from as well.
  const tracked = trackedOf(flow, here);
  if (tracked && tracked.reply.destination !== tracked.original.source) return { reached: "unclear", by: "" };
  const device = leaving?.device;
  const moved = device ? here?.devices[device] : undefined;
  if (leaving?.tunnel && (moved?.sentDropped ?? 0) > 0 && (moved?.sentPackets ?? 0) === 0)
    return { reached: "not sent", by: `${device} of node ${near.name} did not send ${moved?.sentDropped} packets` };
  // Where connections are shown and ours is not among them, what the device sent was somebody else's.
  const counted = here?.tracked === undefined && leaving?.tunnel !== undefined && (moved?.sentPackets ?? 0) > 0;
  const left = trackedOf(flow, here) !== undefined || counted;
  if (!left || !far || !there || !device) return { reached: "unclear", by: "" };
  const own = trackedOf(flow, here) ? "the connection of the pod" : "packets";
  const sent = `node ${near.name} passed ${own} on by ${device}${moved?.sentPackets ? `, which sent ${moved.sentPackets}` : ""}`;
  if (leaving?.tunnel) return byTunnel(sent, device, far.name, there);
  const itself = leaving?.between?.[0];
  return trackedFrom(itself, there)
    ? {
        reached: "left, not arrived",
        by: `${sent}; node ${far.name} tracks what comes from ${itself}, and no connection from the pod`,
      }
    : { reached: "unclear", by: "" };
}

function byTunnel(sent: string, device: string, far: string, there: Transit): Omit<ReachedHow, "own"> {
  const received = there.devices[device]?.receivedPackets ?? 0;
  if (received === 0) return { reached: "left, not arrived", by: `${sent}; ${device} of node ${far} received nothing` };
  return there.tracked === undefined
    ? { reached: "unclear", by: "" }
    : {
        reached: "arrived, not delivered",
        by: `${sent}; ${device} of node ${far} received ${received}, and node ${far} passed no connection from the pod on`,
      };
}

function seenOf(answer: Answer<Transit> | undefined): Transit | undefined {
  return answer?.ok ? answer.value : undefined;
}
