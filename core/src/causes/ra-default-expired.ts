import { type Cause, excluded, possible } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { atNode, failedDials } from "../judging/failures.ts";
import { heardOnUplink } from "../judging/heard-on-uplink.ts";
import { goesByOthers, withoutRoute } from "../judging/outside.ts";
import { hasDefault } from "../linux/ipv6-route.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The node's router does not advertise itself any more, so the default route ran out",
  why: "A default route from a router advertisement lives as long as the router says, at most 18 hours and mostly half an hour. When the router goes, falls silent, or says a lifetime of 0, the node that took its word loses the route.",
  source: "https://www.rfc-editor.org/rfc/rfc4861#section-6.3.4",
  looksLike: ["ra-default-lost", "accept-ra-refused", "node-without-default-route"], // the node does not take what it hears / it never heard anything
  code: "R06",
  unprovable: true,

  *judge(subject) {
    const outside = failedDials(subject).filter(({ flow }) => flow?.scope === "outside");
    const [node] = subject.scene.nodes;
    if (outside.length === 0 || !node)
      return excluded("no IPv6 dial to the outside failed", dialsOverIPv6(subject, "outside"));
    const at = atNode(node);
    const table = yield* ask(routes, at);
    if (hasDefault(table)) return excluded(`node ${node.name} has an IPv6 default route`, [question(routes, at)]);
    const lost = withoutRoute(outside, table);
    const others = goesByOthers(node, lost, question(routes, at));
    if (others) return others;
    const { moved } = yield* ask(counters, at);
    const { times: heard, uplink, otherwise, by } = yield* heardOnUplink(node);
    if (heard === 0) return excluded(`node ${node.name} heard ${otherwise}`, by);
    const { accept_ra: takes, forwarding } = (yield* ask(interfaceSysctls, at))[uplink ?? ""] ?? {};
    const settings = question(interfaceSysctls, at);
    if (!uplink || !(takes === 2 || (takes === 1 && forwarding === 0)))
      return excluded(`accept_ra of ${uplink ?? "the uplink"} is ${takes}, so that it would not take another one`, [
        settings,
      ]);
    const because = `node ${node.name} takes router advertisements (accept_ra of ${uplink} is ${takes}), has heard ${heard} there, and has no default route any more`;
    const remedy = {
      fix: `Look at the router on the link of ${uplink}: whether it runs, still sends advertisements (radvd, the cloud's network) and with what lifetime (rdisc6 ${uplink}); or configure a static default route.`,
      confirm: `After the next advertisement /proc/net/ipv6_route of node ${node.name} has a ::/0 entry.`,
      explains: lost.map(({ id }) => id),
    };
    // Whoever still advertises says a lifetime of 0, or is not the router that is missed.
    if ((moved.Icmp6InRouterAdvertisements ?? 0) > 0)
      return possible(`${because}, though advertisements come while we dial`, {
        ...remedy,
        missing: "their lifetime: one of 0 makes no default route",
      });
    return possible(because, {
      ...remedy,
      missing:
        "that it ran out: a default route that somebody deleted, or an advertisement that never gave one, looks the same",
    });
  },
};
