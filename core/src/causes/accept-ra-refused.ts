import { type Cause, excluded, proven } from "../judging/cause.ts";
import { atNode, failedDials, nodeSysctl } from "../judging/failures.ts";
import { hasDefault } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, tryAsk } from "../probing/probe.ts";

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
    if (outside.length === 0 || !node) return excluded("no IPv6 dial to the outside failed");
    if (hasDefault(yield* ask(routes, atNode(node)))) return excluded(`node ${node.name} has an IPv6 default route`);
    const counted = yield* tryAsk(counters, atNode(node));
    const heard = counted.ok ? (counted.value.total.Icmp6InRouterAdvertisements ?? 0) : 0;
    const uplink =
      (yield* ask(addresses, atNode(node))).find(({ address }) => node.internalIPs.includes(address))?.device ?? "eth0";
    const setting = (yield* ask(interfaceSysctls, atNode(node)))[uplink]?.accept_ra;
    if (setting !== 0 || heard === 0)
      return excluded(`accept_ra of ${uplink} is ${setting}, ${heard} router advertisements were heard`);
    return proven(
      `accept_ra of ${uplink} on node ${node.name} is 0, it heard ${heard} router advertisements and has no default route`,
      {
        fix: `${nodeSysctl(node.name, `net.ipv6.conf.${uplink}.accept_ra`, 2)} Or configure a static default route.`,
        confirm: `/proc/net/ipv6_route of node ${node.name} has a ::/0 entry.`,
        explains: outside.map(({ id }) => id),
      },
    );
  },
};
