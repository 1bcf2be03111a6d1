import { type Cause, excluded, proven } from "../judging/cause.ts";
import { atNode, failedDials } from "../judging/failures.ts";
import { hasDefault } from "../linux/ipv6-route.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The node has no IPv6 default route",
  why: 'Inside the cluster everything works; what leaves it is answered with "no route" by the node itself. Older kube-proxy setups need the route for Service addresses too.',
  source: "https://docs.tigera.io/calico/latest/networking/ipam/ipv6",
  looksLike: ["ra-default-lost", "ipv6-pool-not-masqueraded"], // advertisements came / the route is there
  code: "R02",

  *judge(subject) {
    const outside = failedDials(subject).filter(({ flow }) => flow?.scope === "outside");
    if (outside.length === 0) return excluded("no IPv6 dial to the outside failed");
    for (const node of subject.scene.nodes.slice(0, 1)) {
      if (hasDefault(yield* ask(routes, atNode(node)))) continue;
      const counted = yield* tryAsk(counters, atNode(node));
      if (counted.ok && counted.value.total.Icmp6InRouterAdvertisements)
        return excluded(
          `node ${node.name} has no default route, but hears router advertisements: that is ra-default-lost`,
        );
      return proven(`node ${node.name} has no route to ::/0, and never heard a router advertisement`, {
        fix: `Configure an IPv6 default gateway on node ${node.name} with what manages its network, or let its router send advertisements (and accept_ra=2, because the node forwards).`,
        confirm: `/proc/net/ipv6_route of node ${node.name} has a ::/0 entry, and the dial to the outside connects.`,
        explains: outside.map(({ id }) => id),
      });
    }
    return excluded("the source's node has an IPv6 default route");
  },
};
