import { type Cause, excluded, proven } from "../judging/cause.ts";
import { atNode, nodeSysctl, seenFailing } from "../judging/failures.ts";
import type { SceneNode } from "../judging/scene.ts";
import type { InterfaceAddress } from "../linux/if-inet6.ts";
import { hasDefault } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as forwarding } from "../probes/forwarding.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "The node lost the default route it learned from router advertisements, because it forwards",
  why: "With forwarding on, Linux ignores router advertisements on an interface whose accept_ra is 1, and drops the default route it had. accept_ra=2 means: although forwarding. Writing `all` does not change interfaces that exist.",
  source: "https://docs.kernel.org/networking/ip-sysctl.html",
  looksLike: ["node-without-default-route"], // there no router advertisement ever came
  code: "K04",

  *judge(subject) {
    const own = subject.scene.nodes.slice(0, 1);
    for (const node of seenFailing(subject).some(({ flow }) => flow?.scope === "outside") ? subject.scene.nodes : own) {
      if (hasDefault(yield* ask(routes, atNode(node)))) continue;
      if ((yield* ask(forwarding, { node: node.name })) !== 1) continue;
      const settings = yield* ask(interfaceSysctls, atNode(node));
      const uplink = uplinkOf(yield* ask(addresses, atNode(node)), node);
      if (!uplink || settings[uplink]?.accept_ra !== 1) continue;
      const counted = yield* tryAsk(counters, atNode(node));
      const heard = counted.ok ? (counted.value.total.Icmp6InRouterAdvertisements ?? 0) : 0;
      if (heard === 0) continue;
      return proven(
        `node ${node.name} forwards, accept_ra of ${uplink} is 1, it heard ${heard} router advertisements and has no default route`,
        {
          fix: `${nodeSysctl(node.name, `net.ipv6.conf.${uplink}.accept_ra`, 2)} Or configure a static default route; with systemd-networkd use IPv6AcceptRA=yes instead.`,
          confirm: `After the next advertisement /proc/net/ipv6_route of node ${node.name} has a ::/0 entry.`,
          explains: subject.failures.filter(({ flow }) => flow?.scope === "outside").map(({ id }) => id),
        },
      );
    }
    return excluded("the nodes that were looked at have a default route, or none learned from advertisements");
  },
};

/** The interface with the node's InternalIP, else one with an address from an advertisement. */
function uplinkOf(found: readonly InterfaceAddress[], { internalIPs }: SceneNode): string | undefined {
  const global = found.filter(({ scope }) => scope === "global");
  return (global.find(({ address }) => internalIPs.includes(address)) ?? global.find(({ permanent }) => !permanent))
    ?.device;
}
