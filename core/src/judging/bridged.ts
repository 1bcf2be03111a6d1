import { parseAddress } from "../addresses/address.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as bridge } from "../probes/bridge.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";
import { atPod } from "./failures.ts";
import type { Flow, SceneNode } from "./scene.ts";

/** Whether a pod finds what it dials on its own link, so that no node routes between the two. */
export function* isOnLink({ from, host, scope, toPod }: Flow): Asking<boolean> {
  if (scope !== "same-node" || from.hostNetwork || !toPod || toPod.hostNetwork) return false;
  const table = yield* tryAsk(routes, atPod(from));
  const address = parseAddress(host ?? "");
  const route = table.ok && address ? routeTo(table.value, address) : undefined;
  return route !== undefined && !route.reject && route.gateway === undefined;
}

/**
 * Whether a node's rules see the packets of a dial: what a bridge passes from one of its ports to another they see only with
 * bridge-nf-call-ip6tables. undefined where that was not read.
 */
export function* rulesSee(node: SceneNode, flow: Flow): Asking<boolean | undefined> {
  if (!(yield* isOnLink(flow))) return true;
  const seen = yield* tryAsk(bridge, { node: node.name });
  return seen.ok ? seen.value.callsIp6tables === 1 : undefined;
}
