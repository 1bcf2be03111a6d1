import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { atNode, failedDials, nodesOn } from "../judging/failures.ts";
import { policyRulings } from "../judging/policy-rulings.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as ip6tables, type MovingRules } from "../probes/ip6tables.ts";
import { tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "firewall",
  summary: "The node's ip6tables drop IPv6 packets that should be forwarded",
  why: "Docker, and many hardening guides, set the FORWARD policy of ip6tables to DROP. CNIs open FORWARD for IPv4 and often forget IPv6, so pods reach only what is on their own node.",
  source: "https://docs.docker.com/engine/network/packet-filtering-firewalls/",
  // With forwarding off Ip6InAddrErrors rises and no rule is hit; a policy that denies is named as such.
  looksLike: ["forwarding-off", "blackhole-route", "network-policy-ipv4-only"],
  code: "F01",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "refused", "denied", "network-unreachable", "host-unreachable").filter(
      ({ outcome, ms = 0 }) => outcome === "timeout" || ms >= 500,
    );
    if (lost.length === 0) return excluded("no IPv6 dial was lost on the way");
    const { denial: denied } = yield* policyRulings(subject);
    if (denied) return excluded(`${denied.policy} denies it, so a drop is expected`);
    let unreadable = "";
    for (const [index, node] of nodesOn(subject, lost).entries()) {
      const rules = yield* tryAsk(ip6tables, atNode(node));
      if (!rules.ok) unreadable ||= `${node.name}: ${rules.refusal.message}`;
      const hit = rules.ok ? dropping(rules.value, index === 0) : undefined;
      if (!hit) continue;
      return proven(`on node ${node.name} ${hit}`, {
        fix: `On node ${node.name}: accept forwarded IPv6 of the pod ranges before the drop (ip6tables -I FORWARD ...), or stop what sets it: "ip6tables": false in Docker's daemon.json, or no Docker on the node.`,
        confirm: "Dial again; the rule's packet counter in ip6tables-save -c stands still.",
      });
    }
    if (unreadable === "") return excluded("no rule of ip6tables dropped a forwarded packet");
    const [first] = nodesOn(subject, lost);
    const counted = first ? yield* tryAsk(counters, atNode(first)) : undefined;
    const forwarded = counted?.ok ? (counted.value.moved.Ip6OutForwDatagrams ?? 0) : 0;
    if (forwarded > 0)
      return possible(
        `the node forwarded ${forwarded} packets and no answer came; its rules could not be read (${unreadable})`,
      );
    return possible(`the rules of ip6tables could not be read (${unreadable})`);
  },
};

/** On the source's node a counter has to move while dialling; elsewhere it was read later, and a hit since boot must do. */
function dropping({ policies, rules }: MovingRules, source: boolean): string | undefined {
  const counts = (each: { packets: number | undefined; moved: number }) => (source ? each.moved : (each.packets ?? 0));
  const rule = rules.find(
    (each) => each.table === "filter" && verdicts.has(each.target) && forwards.test(each.text) && counts(each) > 0,
  );
  if (rule) return `the rule "${rule.text}" was hit ${counts(rule)} times`;
  const policy = policies.find((each) => each.table === "filter" && each.chain === "FORWARD" && each.policy === "DROP");
  return policy && counts(policy) > 0 ? `the FORWARD policy is DROP and took ${counts(policy)} packets` : undefined;
}

const verdicts = new Set(["DROP", "REJECT"]);
/** Chains of kube-proxy and of CNIs are judged by what fills them: Services and policies. */
const forwards = /^-A (FORWARD|DOCKER[A-Z-]*|ufw6?-\S*forward\S*|FWD\S*|INET\S*)\b/;
