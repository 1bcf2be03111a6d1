import { probe as addresses } from "../probes/addresses.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as linkAdvertisements } from "../probes/link-advertisements.ts";
import { type Asking, ask, type Question, question } from "../probing/probe.ts";
import { atNode } from "./failures.ts";
import type { SceneNode } from "./scene.ts";
import { uplinkOf } from "./uplink.ts";

/** The router advertisements that a node heard where its default route would come from. */
export interface HeardOnUplink {
  readonly times: number;
  readonly uplink: string | undefined;
  /** "no router advertisement", "a router advertisement on other interfaces only" */
  readonly otherwise: string;
  readonly by: readonly [Question, ...Question[]];
}

/** Pods, virtual machines and second networks advertise themselves too; what they say is nothing to the uplink. */
export function* heardOnUplink(node: SceneNode): Asking<HeardOnUplink> {
  const at = atNode(node);
  const all = (yield* ask(counters, at)).total.Icmp6InRouterAdvertisements ?? 0;
  const counted = question(counters, at);
  if (all === 0) return { times: 0, uplink: undefined, otherwise: "no router advertisement", by: [counted] };
  const uplink = uplinkOf(yield* ask(addresses, at), node);
  if (!uplink) return { times: all, uplink, otherwise: "", by: [counted] };
  const onLink = { node: node.name, device: uplink };
  const times = yield* ask(linkAdvertisements, onLink);
  const otherwise = `router advertisements on other interfaces than ${uplink} only`;
  return { times, uplink, otherwise, by: [question(linkAdvertisements, onLink), counted] };
}
