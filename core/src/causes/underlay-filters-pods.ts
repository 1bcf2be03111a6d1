import { type Family, familyOf, parseAddress } from "../addresses/address.ts";
import { type Between, lostBetweenNodes, notOurs } from "../judging/between-nodes.ts";
import { type Case, type Cause, possible, proven } from "../judging/cause.ts";
import { controlOf } from "../judging/crossing.ts";
import { atNode } from "../judging/failures.ts";
import { firstSteps } from "../judging/first-steps.ts";
import { nftStopsOn } from "../judging/nft-stops.ts";
import type { SceneNode } from "../judging/scene.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { untrackedBy } from "../linux/packet-filter.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { probe as routes } from "../probes/routes.ts";
import { question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "Something between the packet filters of two nodes drops IPv6 packets",
  why: "A security group, a switch or a hypervisor that filters by address lets a node's own packets pass and drops those that carry a pod's address (source/destination check, anti-spoofing), or has no rule for IPv6 at all. A program on a card of either node (tc, XDP) stands there as well. No counter of their packet filters shows it: one sends, the other receives nothing.",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html#EIP_Disable_SrcDestCheck",
  looksLike: ["overlay-port-blocked", "route-to-peer-missing"], // there the nodes talk through a tunnel / nothing leaves
  code: "F08",

  *judge(subject) {
    const lost = yield* lostBetweenNodes(subject, false, "left, not arrived");
    if ("status" in lost) return lost;
    const { near, far, flow, dial, by, own, seen, explains, instead } = lost;
    const [a, b] = lost.between;
    const remedy = {
      fix: `Let packets with pod addresses pass between ${a} and ${b}: turn off the source/destination or anti-spoofing check of both machines, allow ${ranges([near, far], flow.family)} in what filters between them, or use an overlay. What stands on their own cards, such as an agent's eBPF, shows in tc filter show dev ${lost.device} ingress and egress, and as xdp in ip link.`,
      confirm: `Dial again; node ${far.name} tracks the connection (/proc/net/nf_conntrack).`,
      explains,
      family: flow.family,
    };
    const steps = yield* firstSteps(near, flow);
    if ("status" in steps) return steps;
    const doubt = yield* stoppedThere(subject, lost);
    if (doubt !== undefined) return possible(`${by}; but ${doubt}`, remedy);
    if (steps.unread !== undefined) return possible(by, { ...remedy, missing: steps.unread });
    if (!own) return possible(by, { ...remedy, missing: notOurs });
    const reachedToo = controlOf(lost.crossing, lost.crossed);
    if (!reachedToo) return possible(by, { ...remedy, missing: `that node ${near.name} reaches ${b} itself` });
    return proven(`${by}, while what node ${near.name} sends itself comes there`, {
      ...remedy,
      died: { how: "tuple", dial, by: seen },
      instead: [
        { lookalike: "forward-policy-drops-ipv6", by: [reachedToo, question(ip6tables, atNode(far))] },
        { lookalike: "background traffic", by: seen },
        { lookalike: "another routing table", by: [seen[0], ...steps.looked] },
        ...instead,
      ],
    });
  },
};

/** What the far node itself throws away looks the same from outside: it came, and nobody tracks it. */
function* stoppedThere(subject: Case, { near, far, flow, dial, crossed: { far: there } }: Between) {
  const table = yield* tryAsk(routes, atNode(near));
  const address = parseAddress(flow.host ?? "");
  const route = table.ok && address ? routeTo(table.value, address) : undefined;
  if (route && route.gateway === undefined)
    return `node ${near.name} looks for the pod itself on ${route.device}, so that nothing leaves where nobody answers`;
  const gateway = route?.gateway;
  const other = subject.scene.allNodes.find(
    ({ name, internalIPs }) => name !== far.name && internalIPs.includes(gateway ?? ""),
  );
  if (other) return `node ${near.name} sends them to ${gateway} of node ${other.name}, which may drop them`;
  const refused = there?.ok ? (there.value.counters.Ip6InAddrErrors ?? 0) : 0;
  if (refused > 0) return `node ${far.name} refused to forward ${refused} packets meanwhile`;
  const rules = yield* tryAsk(ip6tables, atNode(far));
  if (!rules.ok) return `the rules of node ${far.name} could not be read: ${rules.refusal.message}`;
  const drops = rules.value.rules.some(({ target, packets = 0 }) => /^(DROP|REJECT)$/.test(target) && packets > 0);
  const untracked = untrackedBy(rules.value, {
    source: flow.from.ips.IPv6 ?? "",
    destination: flow.host ?? "",
    destinationPort: flow.port,
    protocol: "tcp",
    state: "NEW",
  });
  if (untracked)
    return `"${untracked}" of node ${far.name} keeps such packets out of what it tracks, so that they may come`;
  if (drops) return `ip6tables of node ${far.name} has dropped packets`;
  // A rule that asks for the way back drops before anything is tracked.
  for (const node of [far, near]) {
    const { stop, unreadable, untracked: unseen } = yield* nftStopsOn(subject, node, [dial]);
    if (unseen && node === far)
      return `nftables of node ${far.name} keeps such packets out of what it tracks, so that they may come`;
    if (stop) return `"${stop.rule}" in ${stop.table} ${stop.chain} of nftables of node ${node.name} may take them`;
    if (unreadable !== undefined) return `the nftables rules of ${unreadable}`;
  }
  return undefined;
}

function ranges(nodes: readonly SceneNode[], family: Family): string {
  const own = nodes.flatMap(({ podCIDRs }) => podCIDRs.filter((cidr) => familyOf(cidr) === family));
  return own.join(" and ") || "the pods' addresses";
}
