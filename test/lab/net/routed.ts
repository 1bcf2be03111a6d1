import type { LabPlan, NodePlan, PodPlan } from "../plan.ts";
import { directRoutes, rangesOf } from "./routes.ts";

/**
 * The node's part of Calico without encapsulation: no bridge, a host route per pod, and the MAC ee:ee:ee:ee:ee:ee on the
 * node's end, whose link-local address is the one every pod has as its gateway.
 * @see https://docs.tigera.io/calico/latest/reference/faq
 */
export function routedNodeLines(plan: LabPlan, node: NodePlan, pods: readonly PodPlan[]): string[] {
  const lines = pods.flatMap(routedPortLines);
  for (const family of rangesOf(node)) lines.push(`route add blackhole ${node.podCidr[family]} proto bird`);
  return [...lines, ...directRoutes(plan, node, " proto bird")];
}

/** The node's part of one pod. */
export function routedPortLines(pod: PodPlan): string[] {
  const lines: string[] = [];
  lines.push(`link set ${pod.veth} address ee:ee:ee:ee:ee:ee`, `link set ${pod.veth} up`);
  // Calico answers ARP for 169.254.1.1 by proxy; an address on the device does the same without a sysctl.
  if (pod.addresses.IPv4) lines.push(`addr add 169.254.1.1/32 dev ${pod.veth} scope link`);
  if (pod.addresses.IPv4) lines.push(`route add ${pod.addresses.IPv4}/32 dev ${pod.veth} scope link`);
  if (pod.addresses.IPv6) lines.push(`route add ${pod.addresses.IPv6}/128 dev ${pod.veth} metric 1024`);
  return lines;
}

/** The pod's part: a single address per family and a gateway that is not in any prefix of the pod. */
export function routedPodLines(pod: PodPlan): string[] {
  const lines = ["link set lo up", "link set eth0 up"];
  if (pod.addresses.IPv4)
    lines.push(
      `addr add ${pod.addresses.IPv4}/32 dev eth0`,
      "route add 169.254.1.1 dev eth0 scope link",
      "route add default via 169.254.1.1 dev eth0",
    );
  if (pod.addresses.IPv6)
    lines.push(
      `addr add ${pod.addresses.IPv6}/128 dev eth0`,
      "route add default via fe80::ecee:eeff:feee:eeee dev eth0",
    );
  return lines;
}
