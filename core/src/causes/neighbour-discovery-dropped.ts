import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { atNode, atPod, failedDials, podName } from "../judging/failures.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as ip6tables, type MovingRules } from "../probes/ip6tables.ts";
import { ask, tryAsk } from "../probing/probe.ts";

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
    if (lost.length === 0 || !pod || !node || pod.hostNetwork)
      return excluded("no IPv6 dial failed for want of a neighbour");
    if ((yield* ask(addresses, atPod(pod))).some(({ tentative }) => tentative))
      return excluded(`${podName(pod)} has a tentative address, which sends nothing`);
    const { moved } = yield* ask(counters, atPod(pod));
    const asked = moved.Icmp6OutNeighborSolicits ?? 0;
    // The kernel gave up where it says that there is no route to the host; elsewhere the answer to a single one may be on its way.
    const enough = lost.some(({ outcome }) => outcome === "host-unreachable") ? 1 : 2;
    if (asked < enough || (moved.Icmp6InNeighborAdvertisements ?? 0) > 0)
      return excluded(`${podName(pod)} gets answers to its neighbour solicitations, or has none to send`);
    const because = `${podName(pod)} sent ${asked} neighbour solicitations and got no answer`;
    const rules = yield* tryAsk(ip6tables, atNode(node));
    const remedy = {
      fix: `On node ${node.name}: accept ICMPv6 types 133 to 137 before anything is dropped on INPUT (ip6tables -I INPUT -p ipv6-icmp -j ACCEPT lets all of ICMPv6 in).`,
      confirm: "Icmp6InNeighborAdvertisements rises in the pod, and the dial connects.",
    };
    const hit = rules.ok ? inputDrop(rules.value) : undefined;
    if (hit) return proven(`${because}; on node ${node.name} ${hit}`, remedy);
    return possible(
      `${because}${rules.ok ? "; no rule of ip6tables on its node dropped them" : `; the rules of its node could not be read: ${rules.refusal.message}`}`,
      remedy,
    );
  },
};

function inputDrop({ policies, rules }: MovingRules): string | undefined {
  const rule = rules.find(
    ({ chain, target, moved, text }) =>
      chain === "INPUT" && (target === "DROP" || target === "REJECT") && moved > 0 && !/-p (tcp|udp)/.test(text),
  );
  if (rule) return `the rule "${rule.text}" was hit ${rule.moved} times`;
  const policy = policies.find(
    ({ table, chain, policy: verdict, moved }) =>
      table === "filter" && chain === "INPUT" && verdict === "DROP" && moved > 0,
  );
  return policy ? `the INPUT policy is DROP and took ${policy.moved} packets` : undefined;
}
