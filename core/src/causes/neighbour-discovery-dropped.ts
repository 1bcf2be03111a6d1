import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atNode, atPod, failedDials, lostThrough, podName } from "../judging/failures.ts";
import { fateOf, type Packet } from "../linux/packet-filter.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "firewall",
  summary: "The node's firewall drops neighbour discovery, so pods cannot find their gateway",
  why: "IPv6 has no ARP: neighbour solicitations are ICMPv6, and connection tracking does not let them pass as part of a connection. A firewall that drops ICMPv6 on INPUT cuts off every pod once its neighbour entries expire, about half a minute later.",
  source: "https://www.rfc-editor.org/rfc/rfc4890#section-4.4.1",
  looksLike: ["dad-failed", "forwarding-off"], // the pod's own address is fine, and its solicitations stay unanswered
  code: "F04",

  *judge(subject) {
    const lost = failedDials(subject, "host-unreachable", "timeout");
    const [pod] = subject.scene.pods;
    const [node] = subject.scene.nodes;
    const [dial] = lost;
    if (!dial || !pod || !node || pod.hostNetwork)
      return excluded("no IPv6 dial failed for want of a neighbour", dialsOverIPv6(subject));
    if ((yield* ask(addresses, atPod(pod))).some(({ tentative }) => tentative))
      return excluded(`${podName(pod)} has a tentative address, which sends nothing`, [
        question(addresses, atPod(pod)),
      ]);
    const { moved } = yield* ask(counters, atPod(pod));
    const own = question(counters, atPod(pod));
    const asked = moved.Icmp6OutNeighborSolicits ?? 0;
    // The kernel gave up where it says that there is no route to the host; elsewhere the answer to a single one may be on its way.
    const enough = lost.some(({ outcome }) => outcome === "host-unreachable") ? 1 : 2;
    if (asked < enough || (moved.Icmp6InNeighborAdvertisements ?? 0) > 0)
      return excluded(`${podName(pod)} gets answers to its neighbour solicitations, or has none to send`, [own]);
    const because = `${podName(pod)} sent ${asked} neighbour solicitations and got no answer`;
    const rules = yield* tryAsk(ip6tables, atNode(node));
    const remedy = {
      fix: `On node ${node.name}: accept ICMPv6 types 133 to 137 before anything is dropped on INPUT (ip6tables -I INPUT -p ipv6-icmp -j ACCEPT lets all of ICMPv6 in).`,
      confirm: "Icmp6InNeighborAdvertisements rises in the pod, and the dial connects.",
      explains: lostThrough(subject, node),
    };
    if (!rules.ok)
      return possible(because, { ...remedy, missing: `the rules of node ${node.name}: ${rules.refusal.message}` });
    const fate = solicitation(pod.ips.IPv6 ?? "")
      .map((packet) => fateOf(rules.value, "INPUT", packet, true))
      .find(({ verdict }) => verdict !== "passes");
    const table = question(ip6tables, atNode(node));
    if (!fate || fate.verdict === "passes")
      return excluded(`${because}, but no rule of ip6tables on its node took them`, [own, table]);
    if (fate.verdict === "unsure")
      return possible(because, { ...remedy, missing: `whether "${fate.rule}" takes them, which cannot be told` });
    const other = notOverIPv4(subject, dial);
    return proven(
      `${because}; on node ${node.name} ${fate.rule.startsWith("-A") ? `the rule "${fate.rule}"` : fate.rule} took ${fate.moved} packets meanwhile`,
      {
        ...remedy,
        died: { how: "counted", dial, by: [own, table], packets: asked },
        instead: [{ lookalike: "an earlier ACCEPT", by: [table] }, ...(other ? [other] : [])],
      },
    );
  },
};

/** A pod asks for its gateway from its own address, and to a group that is made of the gateway's. */
function solicitation(source: string): Packet[] {
  return [{ source, destination: "ff02::1:ff00:1", protocol: "ipv6-icmp", icmpType: 135, state: "NEW" }];
}
