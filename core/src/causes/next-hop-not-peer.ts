import { type Address, contains, type Prefix, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { deadNeighbour } from "../judging/dead-neighbour.ts";
import { atNode, podName } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import type { SceneNode } from "../judging/scene.ts";
import { byTableMain } from "../judging/table-in-force.ts";
import { dialsWith, waysAcross } from "../judging/ways-across.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, type Question, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The route to another node's pods goes to an address that the other node does not have",
  why: "A node that was given another address, a BGP peer that is a router, or an agent that never noticed leave a route whose next hop is not the node the pods run on. Nobody answers for it, or a router takes the packet that knows nothing of pods.",
  source: "https://docs.tigera.io/calico/latest/networking/configuring/bgp",
  looksLike: ["route-to-peer-missing", "pod-range-on-link", "node-address-not-on-interface"], // only the default route is left / no next hop / the node lost the address
  code: "C07",

  *judge(subject) {
    const ways = waysAcross(subject);
    if (ways.length === 0)
      return excluded(
        "no IPv6 dial to a pod of another node was lost on the way",
        dialsOverIPv6(subject, "other-node"),
      );
    const looked: Ground[] = [];
    for (const { dial, from, to } of ways) {
      const [near, far] = [from, to].map(({ node }) => subject.scene.nodes.find(({ name }) => name === node));
      const address = parseAddress(to.ips.IPv6 ?? "");
      if (!near || !far || !address) continue;
      const table = yield* ask(routes, atNode(near));
      looked.push(question(routes, atNode(near)));
      const route = routeTo(table, address);
      if (!route?.gateway || route.destination === "::/0" || route.reject) continue;
      const there = yield* ask(addresses, atNode(far));
      looked.push(question(addresses, atNode(far)));
      if (there.some((one) => one.address === route.gateway)) continue;
      // A router that all of the node's traffic goes to may well know where the pods are.
      const router = table.some(({ destination, gateway }) => destination === "::/0" && gateway === route.gateway);
      // The other node is known by that address, and has lost it: the route is right.
      if (far.internalIPs.includes(route.gateway))
        return excluded(`${route.gateway} is the address node ${far.name} lists`, [
          far,
          question(addresses, atNode(far)),
        ]);
      const holder = subject.scene.allNodes.find(({ internalIPs }) => internalIPs.includes(route.gateway ?? ""));
      const because = `node ${near.name} sends what is for ${podName(to)} (${route.destination}) to ${route.gateway} dev ${route.device}, which ${holder ? `is node ${holder.name}` : "is no address"} ${holder ? "and not" : "of"} node ${far.name}`;
      const remedy = {
        fix: `Restart the CNI's agent on node ${near.name} so that it learns today's address of node ${far.name} (${far.internalIPs.find((ip) => ip.includes(":")) ?? "none over IPv6"}); look at what pinned the old one: node annotations of the CNI, static BGP peers, the provider's route table.`,
        confirm: `ip -6 route get ${to.ips.IPv6} on node ${near.name} names an address of node ${far.name}.`,
        explains: dialsWith(to, ways),
      };
      if (router) return possible(`${because}, but its default router, which may know better`, remedy);
      // The file names no tables, so that another one may be looked up.
      const rival = table.find(
        (one) =>
          one !== route &&
          one.destination !== "::/0" &&
          there.some(({ address: own }) => own === one.gateway) &&
          contains(parsePrefix(one.destination) as Prefix, address),
      );
      if (rival)
        return possible(because, {
          ...remedy,
          missing: `that this route is taken, and not ${rival.destination} via ${rival.gateway}, which stands there as well`,
        });
      const end = holder
        ? yield* noWayOnward(holder, address)
        : yield* nobodyAnswers(route.gateway, route.device, near);
      if (!end)
        return possible(because, {
          ...remedy,
          missing: holder ? `that node ${holder.name} has no way there` : `that nobody answers for ${route.gateway}`,
        });
      const { doubt, by } = yield* byTableMain(near, from.ips.IPv6 ?? "", to.ips.IPv6 ?? "");
      if (doubt !== undefined) return possible(`${because}; ${end.says}`, { ...remedy, missing: doubt });
      const other = notOverIPv4(subject, dial);
      return proven(`${because}; ${end.says}`, {
        ...remedy,
        died: { how: "tuple", dial, by: [question(routes, atNode(near)), end.by] },
        instead: [
          { lookalike: "a router that knows the pods", by: [end.by] },
          { lookalike: "a route of another table", by: [end.by, ...by] },
          { lookalike: "route-to-peer-missing", by: [question(addresses, atNode(far))] },
          ...(other ? [other] : []),
        ],
      });
    }
    return excluded("the routes to the pods of other nodes go to these nodes", looked);
  },
};

/** What shows that the next hop leads nowhere. */
interface DeadEnd {
  readonly says: string;
  readonly by: Question;
}

/** The next hop is a node that has no way to the pod. */
function* noWayOnward(holder: SceneNode, pod: Address): Asking<DeadEnd | undefined> {
  const onward = yield* tryAsk(routes, atNode(holder));
  const next = onward.ok ? routeTo(onward.value, pod) : undefined;
  // Another node may be the way to this one, as its default router may.
  if (!onward.ok || (next && !next.reject)) return undefined;
  return { says: `node ${holder.name} has no way to the pod`, by: question(routes, atNode(holder)) };
}

/** Nobody answers for the next hop: who is on the wire all the same, as a router may be, does. */
function* nobodyAnswers(gateway: string, device: string, near: SceneNode): Asking<DeadEnd | undefined> {
  const dead = yield* deadNeighbour(atNode(near).at, gateway, device);
  return dead && { says: `node ${near.name} itself asked for it in vain: no route to host`, by: dead };
}
