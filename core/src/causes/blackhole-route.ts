import { parseAddress } from "../addresses/address.ts";
import { type Cause, excluded, proven } from "../judging/cause.ts";
import { atNode, atPod, failedDials, nodesOn, podName } from "../judging/failures.ts";
import type { ScenePod } from "../judging/scene.ts";
import { type Route, routeTo } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "A blackhole, unreachable or prohibit route takes the packets",
  why: "The longest matching route wins, also one that throws packets away. CNIs install such a route for a node's own block, so that addresses without a pod go nowhere; it bites when the pod's own route is missing.",
  source: "https://man7.org/linux/man-pages/man8/ip-route.8.html",
  looksLike: ["forwarding-off", "forward-policy-drops-ipv6", "route-to-peer-missing"], // only here the matching entry rejects
  code: "R05",

  *judge(subject) {
    const failed = failedDials(subject, "timeout", "invalid", "host-unreachable", "denied", "network-unreachable");
    if (failed.length === 0) return excluded("no IPv6 dial failed that a route could have taken");
    const [source] = subject.scene.pods;
    const peers = failed.flatMap(({ flow }) => (flow?.toPod ? [flow.toPod] : []));
    const hosts = failed.flatMap(({ flow }) => (flow?.host ? [flow.host] : []));
    if (source && !source.hostNetwork) {
      const own = rejected(yield* ask(routes, atPod(source)), hosts);
      if (own) return verdict(`${podName(source)} rejects ${own}`, podName(source));
    }
    for (const node of nodesOn(subject, failed)) {
      const wanted = [...peers, ...(source ? [source] : [])].flatMap(({ ips }: ScenePod) => ips.IPv6 ?? []);
      const hit = rejected(yield* ask(routes, atNode(node)), [...new Set(wanted)]);
      if (hit) return verdict(`node ${node.name} rejects ${hit}`, `node ${node.name}`);
    }
    return excluded("no route that rejects matches an address that was dialled");
  },
};

function rejected(table: readonly Route[], hosts: readonly string[]): string | undefined {
  for (const host of hosts) {
    const address = parseAddress(host);
    const route = address ? routeTo(table, address) : undefined;
    if (route?.reject) return `${host}: its longest matching route is ${route.destination}, of a kind that rejects`;
  }
  return undefined;
}

function verdict(because: string, where: string) {
  return proven(because, {
    fix: `Find out who made the route at ${where} (ip -6 route shows its kind and protocol). If it is the CNI's own block, the route of the pod is missing: restart the CNI's agent there; else delete the route.`,
    confirm: "ip -6 route get ADDRESS answers with a device, and the dial connects.",
  });
}
