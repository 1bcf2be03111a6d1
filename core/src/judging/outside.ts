import { parseAddress } from "../addresses/address.ts";
import { type Route, routeTo } from "../linux/ipv6-route.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";
import { type Case, excluded, type Judgement } from "./cause.ts";
import { nodeDial } from "./dial-args.ts";
import { atNode } from "./failures.ts";
import type { Death } from "./proof.ts";
import type { SceneNode } from "./scene.ts";
import { outcomeOf, type Symptom } from "./symptom.ts";

/** The dials to which no route leads: what a node without a default route loses. */
export function withoutRoute(dials: readonly Symptom[], table: readonly Route[]): Symptom[] {
  return dials.filter(({ flow }) => {
    const address = parseAddress(flow?.host ?? "");
    const route = address && routeTo(table, address);
    return !route || route.reject;
  });
}

/** A node that has other routes to all that failed loses nothing for want of a default route. */
export function goesByOthers({ name }: SceneNode, lost: readonly Symptom[], table: Question): Judgement | undefined {
  return lost.length > 0
    ? undefined
    : excluded(`node ${name} has no default route, but other routes to what failed outside`, [table]);
}

/**
 * That what was dialled outside cannot leave the node: the node itself is told so at once, or where nothing on it can
 * dial, no route of it leads to that very address. undefined if the node does get an answer, or waits for one.
 */
export function* unreachableFromNode(
  { patience }: Case,
  [first]: readonly Symptom[],
  node: SceneNode,
): Asking<Death | undefined> {
  if (!first?.flow) return undefined;
  const args = nodeDial(first.flow, node.name, patience);
  const own = yield* tryAsk(dialProbe, args);
  const table = yield* tryAsk(routes, atNode(node));
  const address = parseAddress(first.flow.host ?? "");
  const route = table.ok && address ? routeTo(table.value, address) : undefined;
  // With a route that leads there, such as 2000::/3, it is a router who says so.
  if (route && !route.reject) return undefined;
  if (own.ok)
    return outcomeOf(own.value).outcome === "network-unreachable"
      ? { how: "answer", dial: first, by: [question(dialProbe, args)] }
      : undefined;
  if (!table.ok || !address || route) return undefined;
  return { how: "tuple", dial: first, by: [question(routes, atNode(node))] };
}
