import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Case, type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { atNode, failedOnTheWay, podName } from "../judging/failures.ts";
import type { SceneNode, ScenePod } from "../judging/scene.ts";
import { type Route, routeTo } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "A node has no route to the pods of another node",
  why: "The CNI's agent gives every node a route to the pod range of every other node. Where it is missing, the packet leaves by the default route, towards a router that knows nothing of pods.",
  source: "https://kubernetes.io/docs/concepts/cluster-administration/networking/",
  looksLike: ["blackhole-route", "forwarding-off"], // an entry that rejects is there; with forwarding off the route is
  code: "R03",

  *judge(subject) {
    const across = failedOnTheWay(subject).filter(({ flow }) => flow?.scope === "other-node" && flow.toPod?.ips.IPv6);
    if (across.length === 0) return excluded("no IPv6 dial to a pod of another node was lost on the way");
    let doubtful = "";
    for (const { flow } of across) {
      if (!flow?.toPod) continue;
      for (const [from, to] of [
        [flow.from, flow.toPod],
        [flow.toPod, flow.from],
      ] as const) {
        const node = subject.scene.nodes.find(({ name }) => name === from.node);
        if (!node) continue;
        const table = yield* ask(routes, atNode(node));
        if (specific(table, to)) continue;
        const why = `node ${node.name} has no route to ${to.ips.IPv6} of ${podName(to)} on node ${to.node} but its default route`;
        const others = routesToOthers(subject, table, node, to.node);
        const back = others.length > 0 ? others : yield* wayBack(subject, to, from);
        if (back.length === 0)
          doubtful ||= `${why}; nor has it one to any other node's pods, as on a cloud whose routers know the pods`;
        else
          return proven(`${why}, while ${back[0]}`, {
            fix: `Look at the CNI's agent on node ${node.name} (its log, its BGP or VXLAN peers) and restart it; in a cloud, complete the route table for the IPv6 pod range of node ${to.node}.`,
            confirm: `/proc/net/ipv6_route of node ${node.name} lists the IPv6 podCIDR of node ${to.node}.`,
          });
      }
    }
    return doubtful ? possible(doubtful) : excluded("the nodes have routes to each other's pods");
  },
};

function specific(table: readonly Route[], pod: ScenePod): boolean {
  const address = parseAddress(pod.ips.IPv6 ?? "");
  const route = address ? routeTo(table, address) : undefined;
  return route !== undefined && route.destination !== "::/0";
}

/** That other nodes' pods have routes shows that this CNI works with routes on the node. */
function routesToOthers({ scene }: Case, table: readonly Route[], node: SceneNode, missing: string): string[] {
  return scene.allNodes
    .filter(({ name }) => name !== node.name && name !== missing)
    .flatMap(({ name, podCIDRs }) =>
      podCIDRs
        .filter((cidr) => cidr.includes(":") && covered(table, cidr))
        .map((cidr) => `it has one to ${cidr} of node ${name}`),
    );
}

function* wayBack({ scene }: Case, at: ScenePod, to: ScenePod) {
  const node = scene.nodes.find(({ name }) => name === at.node);
  const table = node ? yield* tryAsk(routes, atNode(node)) : undefined;
  return table?.ok && specific(table.value, to) ? [`node ${at.node} has one in the other direction`] : [];
}

function covered(table: readonly Route[], cidr: string): boolean {
  const wanted = parsePrefix(cidr);
  return table.some(({ destination, reject }) => {
    const prefix = parsePrefix(destination);
    return !reject && prefix && wanted && prefix.length > 0 && (contains(prefix, wanted) || contains(wanted, prefix));
  });
}
