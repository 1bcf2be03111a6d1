import { type LabPlan, outside, router } from "../plan.ts";
import { ipBatch, must } from "../run.ts";

/**
 * Makes the namespaces, their sysctls, every veth pair, the switch with its router, and the outside.
 * Nothing is ever added to the machine's own network namespace.
 */
export async function buildUnderlay(plan: LabPlan): Promise<void> {
  const nodes = plan.nodes.map((node) => node.netns);
  const ends = [...plan.pods, plan.dns].map((pod) => pod.netns);
  const everything = [plan.switch, plan.outside, ...nodes, ...ends];
  await ipBatch(
    "",
    everything.map((netns) => `netns add ${netns}`),
  );
  await Promise.all([
    ...[plan.switch, ...nodes].map((netns) => setSysctls(netns, netns === plan.switch ? switchSysctls : nodeSysctls)),
    ...[plan.outside, ...ends].map((netns) => setSysctls(netns, podSysctls)),
  ]);
  await ipBatch("", veths(plan));
  await Promise.all([ipBatch(plan.switch, switchLines(plan)), ipBatch(plan.outside, outsideLines())]);
}

// Duplicate address detection costs a second per address; a fault that is about it turns it on again by hand.
const everySysctl = [
  "net.ipv6.conf.all.accept_dad=0",
  "net.ipv6.conf.default.accept_dad=0",
  "net.ipv4.ping_group_range=0 2147483647",
];
export const podSysctls = [...everySysctl, "net.ipv6.conf.all.accept_ra=0", "net.ipv6.conf.default.accept_ra=0"];
const nodeSysctls = [
  ...everySysctl,
  "net.ipv6.conf.all.forwarding=1",
  "net.ipv6.conf.default.forwarding=1",
  "net.ipv4.ip_forward=1",
];
// A switch must not filter, fragment or answer "packet too big": the bridge's netfilter hooks would do all three.
const switchSysctls = [...nodeSysctls, "net.bridge.bridge-nf-call-ip6tables=0", "net.bridge.bridge-nf-call-iptables=0"];

export async function setSysctls(netns: string, settings: readonly string[]): Promise<void> {
  await must(["nsenter", `--net=/run/netns/${netns}`, "sysctl", "-qw", ...settings]);
}

function veths(plan: LabPlan): string[] {
  const pods = [...plan.pods, plan.dns].map((pod) => {
    const node = plan.nodes[pod.node - 1]?.netns;
    return `link add eth0 netns ${pod.netns} mtu ${plan.mtu} type veth peer name ${pod.veth} mtu ${plan.mtu} netns ${node}`;
  });
  const nodes = plan.nodes.map(
    (node) => `link add eth0 netns ${node.netns} type veth peer name ${node.name} netns ${plan.switch}`,
  );
  return [`link add eth0 netns ${plan.outside} type veth peer name eth1 netns ${plan.switch}`, ...nodes, ...pods];
}

function switchLines(plan: LabPlan): string[] {
  return [
    "link set lo up",
    "link add br0 type bridge",
    "link set br0 up",
    "link set eth1 up",
    `addr add ${router.IPv6}/64 dev br0`,
    `addr add ${router.IPv4}/16 dev br0`,
    "addr add 2001:db8:ffff::ffff/64 dev eth1",
    "addr add 198.51.100.254/24 dev eth1",
    ...plan.nodes.map((node) => `link set ${node.name} master br0 up`),
  ];
}

// The outside knows the way to the nodes only: a pod's address is not routed there, so that a missing masquerade shows.
function outsideLines(): string[] {
  return [
    "link set lo up",
    "link set eth0 up",
    `addr add ${outside.IPv6}/64 dev eth0`,
    `addr add ${outside.IPv4}/24 dev eth0`,
    "route add 2001:db8:18::/64 via 2001:db8:ffff::ffff",
    "route add 172.18.0.0/16 via 198.51.100.254",
  ];
}
