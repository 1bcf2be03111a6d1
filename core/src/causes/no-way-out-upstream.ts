import { parseAddress } from "../addresses/address.ts";
import { translated } from "../addresses/nat64.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, twinOf } from "../judging/compared.ts";
import { nodeDial } from "../judging/dial-args.ts";
import { atNode, failedDials, leavesThePod } from "../judging/failures.ts";
import { filterStops } from "../judging/filter-stops.ts";
import { lateBy, outcomeOf } from "../judging/symptom.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "A router beyond the node has no IPv6 route to what is dialled outside",
  why: "The node has a route and sends; a router beyond it answers that it has none. In clouds that is a subnet without ::/0 in its route table, or without an egress-only gateway; elsewhere a router that has lost its uplink.",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html",
  looksLike: ["node-without-default-route", "ipv6-pool-not-masqueraded", "blackhole-route"], // the node has no route / the node gets out / the node itself refuses
  code: "X03",

  *judge(subject) {
    // Who finds no neighbour has a route.
    const outside = failedDials(subject).filter(
      ({ flow, outcome }) => flow?.scope === "outside" && outcome !== "host-unreachable",
    );
    const [dial] = outside;
    const [node] = subject.scene.nodes;
    const address = parseAddress(dial?.flow?.host ?? "");
    if (!dial?.flow || !node || !address)
      return excluded("no IPv6 dial to the outside failed for want of a route", dialsOverIPv6(subject, "outside"));
    if (translated(dial.flow.host ?? ""))
      return excluded(`${dial.flow.host} is a translator's: that is nat64-missing`, [dial]);
    const out = subject.symptoms.find(
      ({ flow, family, outcome, failed }) =>
        flow?.scope === "outside" && family === "IPv6" && !failed && (outcome === "ok" || outcome === "refused"),
    );
    if (out) return excluded(`${out.to} outside is reached over IPv6`, [out]);
    const table = yield* ask(routes, atNode(node));
    const seen = question(routes, atNode(node));
    const route = routeTo(table, address);
    if (!route || route.reject || route.gateway === undefined)
      return excluded(
        `node ${node.name} has ${route ? `${route.destination} dev ${route.device}${route.reject ? ", which rejects" : ""}` : "no route"} for ${dial.flow.host}`,
        [seen],
      );
    const held = yield* ask(addresses, atNode(node));
    if (!held.some(({ scope, device }) => scope === "global" && device !== "lo"))
      return excluded(`node ${node.name} has no global IPv6 address to send from`, [question(addresses, atNode(node))]);
    const args = nodeDial(dial.flow, node.name, subject.patience);
    const own = yield* ask(dialProbe, args);
    const asked = question(dialProbe, args);
    const { outcome } = outcomeOf(own);
    if (outcome === "ok" || outcome === "refused")
      return excluded(`node ${node.name} reaches ${dial.flow.host} itself`, [asked]);
    const because = `node ${node.name} sends what is for ${dial.flow.host} to ${route.gateway} dev ${route.device}, and gets ${own.text === "" ? "no answer" : `"${own.text}"`} itself`;
    const remedy = {
      fix: "Look at the route table of the nodes' subnet and at its router: a route ::/0 to an internet or egress-only gateway, an IPv6 prefix that is routed back, firewall rules for IPv6.",
      confirm: `A dial from node ${node.name} itself connects.`,
      explains: outside.filter((one) => one.outcome === dial.outcome).map(({ id }) => id),
    };
    const twin = twinOf(subject, dial);
    const alsoLost = twin?.failed === true;
    // The file names no tables: where the node's own kernel refuses at once, the default route is in one that it does not look up.
    const byItself = outcome === "network-unreachable" && lateBy(own) < leavesThePod;
    if (outcome !== "network-unreachable" || dial.outcome !== outcome || byItself || alsoLost)
      return possible(because, {
        ...remedy,
        missing: alsoLost
          ? "the same over IPv4 that works"
          : byItself
            ? `a router's word: node ${node.name} refuses by itself, so that its default route is in a routing table of others (ip -6 rule)`
            : "a router's word that it has no route: silence may as well be that of the target",
      });
    // A rule of the node's own may say the same.
    const { stops, looked, unreadable } = yield* filterStops(subject, [dial]);
    const [stop] = stops;
    if (stop?.sure) return excluded(`${stop.says}, which is no router's word`, stop.by);
    if (stop || unreadable !== undefined)
      return possible(because, {
        ...remedy,
        missing: stop
          ? `whether that is the word of a rule: ${stop.says}`
          : `the rules of node ${node.name}: ${unreadable}`,
      });
    const [rules, ...more] = looked;
    return proven(`${because}: a router beyond the node has no route`, {
      ...remedy,
      died: { how: "answer", dial, by: [asked, seen] },
      instead: [
        { lookalike: "node-without-default-route", by: [seen] },
        ...(rules ? [{ lookalike: "firewall-rejects", by: [rules, ...more] as const }] : []),
        ...(twin ? [{ lookalike: "IPv4", by: [twin] as const }] : []),
      ],
    });
  },
};
