import { type Cause, excluded, noticed, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { fadingDefault } from "../judging/fading-default.ts";
import { atNode, failedDials, nodeSysctl } from "../judging/failures.ts";
import { unreachableFromNode } from "../judging/outside.ts";
import { uplinkOf } from "../judging/uplink.ts";
import { hasDefault } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The node refuses router advertisements, so it never gets a default route",
  why: "Hardening guides and some images set accept_ra=0. Then neither an address nor a default route is learned; unless something in user space, such as systemd-networkd, handles advertisements itself.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  looksLike: ["ra-default-lost", "node-without-default-route"], // accept_ra is 1 there / no advertisement comes
  code: "K06",

  *judge(subject) {
    const outside = failedDials(subject).filter(({ flow }) => flow?.scope === "outside");
    const [node] = subject.scene.nodes;
    const fading = node ? yield* fadingDefault(node) : undefined;
    if (node && fading?.acceptRa === 0)
      return noticed(
        `node ${node.name} still has the default route it learned from a router advertisement, and accept_ra of ${fading.device} is 0, so that it goes when its lifetime ends`,
        {
          fix: `${nodeSysctl(node.name, `net.ipv6.conf.${fading.device}.accept_ra`, 2)} Or configure a static default route.`,
          confirm: `The lifetime that \`ip -6 route\` shows for the default route of node ${node.name} begins anew with each advertisement.`,
        },
      );
    if (outside.length === 0 || !node)
      return excluded("no IPv6 dial to the outside failed", dialsOverIPv6(subject, "outside"));
    const table = question(routes, atNode(node));
    if (hasDefault(yield* ask(routes, atNode(node))))
      return excluded(`node ${node.name} has an IPv6 default route`, [table]);
    const heard = (yield* ask(counters, atNode(node))).total.Icmp6InRouterAdvertisements ?? 0;
    const uplink = uplinkOf(yield* ask(addresses, atNode(node)), node) ?? "eth0";
    const setting = (yield* ask(interfaceSysctls, atNode(node)))[uplink]?.accept_ra;
    const seen = [question(interfaceSysctls, atNode(node)), question(counters, atNode(node))] as const;
    if (setting !== 0 || heard === 0)
      return excluded(`accept_ra of ${uplink} is ${setting}, ${heard} router advertisements were heard`, seen);
    const because = `accept_ra of ${uplink} on node ${node.name} is 0, it heard ${heard} router advertisements since boot and has no default route`;
    const remedy = {
      fix: `${nodeSysctl(node.name, `net.ipv6.conf.${uplink}.accept_ra`, 2)} Or configure a static default route.`,
      confirm: `/proc/net/ipv6_route of node ${node.name} has a ::/0 entry.`,
      explains: outside.map(({ id }) => id),
    };
    const died = yield* unreachableFromNode(subject, outside, node);
    if (!died)
      return possible(because, { ...remedy, missing: `a dial from node ${node.name} that fails for want of a route` });
    return proven(because, { ...remedy, died, instead: [{ lookalike: "node-without-default-route", by: seen }] });
  },
};
