import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { atNode, failedDials, nodeSysctl } from "../judging/failures.ts";
import { unreachableFromNode } from "../judging/outside.ts";
import { uplinkOf } from "../judging/uplink.ts";
import { hasDefault } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as forwarding } from "../probes/forwarding.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary:
    "accept_ra=2 is set for all interfaces, which says nothing to the one that exists: the node lost its default route",
  why: "With forwarding on, Linux takes router advertisements only on an interface whose own accept_ra is 2. Writing net.ipv6.conf.all.accept_ra changes no interface that exists, and is not consulted; sysctl.d looks right and the route is gone.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  looksLike: ["ra-default-lost", "node-without-default-route"], // nothing is set to 2 there / no advertisement ever came
  code: "K05",

  *judge(subject) {
    const outside = failedDials(subject).filter(({ flow }) => flow?.scope === "outside");
    const [node] = subject.scene.nodes;
    if (outside.length === 0 || !node)
      return excluded("no IPv6 dial to the outside failed", dialsOverIPv6(subject, "outside"));
    const at = atNode(node);
    if (hasDefault(yield* ask(routes, at)))
      return excluded(`node ${node.name} has an IPv6 default route`, [question(routes, at)]);
    const forwards = question(forwarding, { node: node.name });
    if ((yield* ask(forwarding, { node: node.name })) !== 1)
      return excluded(`node ${node.name} does not forward, so it takes what routers advertise`, [forwards]);
    const uplink = uplinkOf(yield* ask(addresses, at), node);
    const settings = uplink ? yield* ask(interfaceSysctls, at) : {};
    const setting = settings[uplink ?? ""]?.accept_ra;
    const everywhere = settings.all?.accept_ra;
    if (settings[uplink ?? ""]?.forwarding === 0)
      return excluded(`${uplink} of node ${node.name} does not forward by itself, so it takes what routers advertise`, [
        question(interfaceSysctls, at),
      ]);
    const heard = (yield* ask(counters, at)).total.Icmp6InRouterAdvertisements ?? 0;
    const seen = [question(interfaceSysctls, at), question(counters, at)] as const;
    if (!uplink || setting !== 1 || heard === 0)
      return excluded(
        `accept_ra of ${uplink ?? "the uplink"} is ${setting}, ${heard} router advertisements were heard`,
        [question(addresses, at), ...(uplink ? seen : [])],
      );
    if (everywhere !== 2) return excluded(`accept_ra of all is ${everywhere}`, seen);
    const because = `accept_ra of all is 2 and means nothing here: node ${node.name} forwards, accept_ra of ${uplink} is 1, it heard ${heard} router advertisements since boot and has no default route`;
    const remedy = {
      fix: `${nodeSysctl(node.name, `net.ipv6.conf.${uplink}.accept_ra`, 2)} Or configure a static default route; with systemd-networkd use IPv6AcceptRA=yes instead.`,
      confirm: `After the next advertisement /proc/net/ipv6_route of node ${node.name} has a ::/0 entry.`,
      explains: outside.map(({ id }) => id),
    };
    const died = yield* unreachableFromNode(subject, outside, node);
    if (!died)
      return possible(because, { ...remedy, missing: `a dial from node ${node.name} that fails for want of a route` });
    return proven(because, {
      ...remedy,
      died,
      instead: [{ lookalike: "node-without-default-route", by: [...seen, forwards] }],
    });
  },
};
