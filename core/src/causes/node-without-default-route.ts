import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { atNode, failedDials } from "../judging/failures.ts";
import { heardOnUplink } from "../judging/heard-on-uplink.ts";
import { goesByOthers, unreachableFromNode, withoutRoute } from "../judging/outside.ts";
import { uplinkIsOff } from "../judging/uplink.ts";
import { hasDefault } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The node has no IPv6 default route",
  why: 'Inside the cluster everything works; what leaves it is answered with "no route" by the node itself. Older kube-proxy setups need the route for Service addresses too.',
  source: "https://docs.tigera.io/calico/latest/networking/ipam/ipv6",
  looksLike: ["ra-default-lost", "ipv6-pool-not-masqueraded"], // advertisements came / the route is there
  code: "R02",

  *judge(subject) {
    const outside = failedDials(subject).filter(({ flow }) => flow?.scope === "outside");
    const [node] = subject.scene.nodes;
    if (outside.length === 0 || !node)
      return excluded("no IPv6 dial to the outside failed", dialsOverIPv6(subject, "outside"));
    const table = question(routes, atNode(node));
    const known = yield* ask(routes, atNode(node));
    const lost = withoutRoute(outside, known);
    if (hasDefault(known)) return excluded(`node ${node.name} has an IPv6 default route`, [table]);
    const others = goesByOthers(node, lost, table);
    if (others) return others;
    const { times, otherwise, by: count } = yield* heardOnUplink(node);
    if (times > 0)
      return excluded(
        `node ${node.name} has no default route, but hears router advertisements: that is ra-default-lost`,
        count,
      );
    const off = yield* uplinkIsOff(node);
    if (off) return excluded(`${off.because}: that is ipv6-disabled-on-interface`, off.by);
    const because = `node ${node.name} has no route to ::/0, and heard ${otherwise}`;
    const remedy = {
      fix: `Configure an IPv6 default gateway on node ${node.name} with what manages its network, or let its router send advertisements (and accept_ra=2, because the node forwards).`,
      confirm: `/proc/net/ipv6_route of node ${node.name} has a ::/0 entry, and the dial to the outside connects.`,
      explains: lost.map(({ id }) => id),
    };
    const died = yield* unreachableFromNode(subject, lost, node);
    if (!died)
      return possible(because, { ...remedy, missing: `a dial from node ${node.name} that fails for want of a route` });
    return proven(because, { ...remedy, died, instead: [{ lookalike: "ra-default-lost", by: count }] });
  },
};
