import { type Case, type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atNode, failedDials, isLate, nodesOn } from "../judging/failures.ts";
import { filteredOn } from "../judging/filtered.ts";
import { podRanges } from "../judging/pod-ranges.ts";
import { carriesOutPolicies, policyRulings } from "../judging/policy-rulings.ts";
import type { Ground } from "../judging/proof.ts";
import { throughPods } from "../judging/same-fate.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "firewall",
  summary: "The node's ip6tables drop IPv6 packets that should be forwarded",
  why: "Docker, and many hardening guides, set the FORWARD policy of ip6tables to DROP. CNIs open FORWARD for IPv4 and often forget IPv6, so pods reach only what is on their own node.",
  source: "https://docs.docker.com/engine/network/packet-filtering-firewalls/",
  // With forwarding off Ip6InAddrErrors rises and no rule is hit; a policy that denies is named as such.
  looksLike: ["forwarding-off", "blackhole-route", "network-policy-ipv4-only", "firewall-rejects", "nftables-drops"],
  code: "F01",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "refused", "denied", "network-unreachable", "host-unreachable").filter(
      (symptom) => symptom.outcome === "timeout" || isLate(subject, symptom),
    );
    if (lost.length === 0) return excluded("no IPv6 dial was lost on the way", dialsOverIPv6(subject));
    const looked: Ground[] = [];
    const open: string[] = [];
    const unread: string[] = [];
    for (const node of nodesOn(subject, lost)) {
      const found = yield* filteredOn(subject, node, lost);
      looked.push(...found.looked);
      if (found.unreadable) unread.push(found.unreadable);
      // What stands before routing is told by early-hook-drops.
      if (found.unsure && found.unsure.hook !== "PREROUTING") open.push(`on node ${node.name} ${found.unsure.says}`);
      if (!found.dropped) continue;
      const { symptoms, rule, chain, hook, verdict, moved, what, by } = found.dropped;
      const other = otherCause(hook, verdict);
      if (other) return excluded(`${rule} on node ${node.name} stops it: that is ${other}`, by);
      if (carriesOutPolicies.test(chain)) {
        const { denial } = yield* policyRulings(subject);
        if (denial)
          return excluded(`${denial.policy} denies it, and ${rule} on node ${node.name} only carries that out`, by);
        return excluded(`${rule} on node ${node.name} carries out policies: that is policy-enforcement-stale`, by);
      }
      const twin = notOverIPv4(subject, symptoms[0]);
      return proven(`on node ${node.name} ${what} is dropped: ${rule} took ${moved} packets while it was dialled`, {
        died: { how: "tuple", dial: symptoms[0], by },
        instead: [
          { lookalike: "an earlier ACCEPT", by },
          { lookalike: "background traffic", by },
          ...(twin ? [twin] : []),
        ],
        fix: yield* fixOf(subject, node.name, chain),
        confirm: "Dial again; the rule's packet counter in ip6tables-save -c stands still.",
        explains: [...symptoms.map(({ id }) => id), ...throughPods(subject, symptoms)],
      });
    }
    if (open.length + unread.length === 0) {
      if (looked.length === 0) return unknown("no node was looked at");
      return excluded("no rule of ip6tables on the nodes dropped what was dialled", looked);
    }
    const [first] = nodesOn(subject, lost);
    const counted = first ? yield* tryAsk(counters, atNode(first)) : undefined;
    const forwarded = counted?.ok ? (counted.value.moved.Ip6OutForwDatagrams ?? 0) : 0;
    // Of nodes that nobody can look at it is no likelier than anything else.
    if (open.length === 0 && forwarded === 0) return unknown(`the rules could not be read: ${unread.join("; ")}`);
    const seen = forwarded > 0 ? `the node forwarded ${forwarded} packets and no answer came; ` : "";
    const untold = unread.map((why) => `its rules could not be read (${why})`);
    return possible(`${seen}${[...open, ...untold].join("; ")}`, {
      missing: "all the rules that packets hit on the nodes they pass",
    });
  },
};

/** A drop before routing, one of what the node itself takes or sends, and a reject have causes of their own. */
function otherCause(hook: string, verdict: "DROP" | "REJECT"): string | undefined {
  if (hook === "PREROUTING") return "early-hook-drops";
  if (verdict === "REJECT") return "firewall-rejects";
  return hook === "INPUT" || hook === "OUTPUT" ? "host-firewall-drops" : undefined;
}

function* fixOf({ scene }: Case, node: string, chain: string): Asking<string> {
  const rules = yield* tryAsk(ip6tables, { at: { kind: "node", node } });
  const isDocker = rules.ok && rules.value.rules.some((rule) => /^DOCKER/.test(rule.chain));
  const into = isDocker && chain === "FORWARD" ? "DOCKER-USER" : chain;
  const commands = podRanges(scene).flatMap((range) => [
    `ip6tables -I ${into} -s ${range} -j ACCEPT`,
    `ip6tables -I ${into} -d ${range} -j ACCEPT`,
  ]);
  const accept = commands.length > 0 ? `: ${commands.join("; ")}` : "";
  const docker = isDocker ? ` Docker made these rules: "ip6tables": false in /etc/docker/daemon.json stops it.` : "";
  return `On node ${node}: accept IPv6 of the pods' ranges before the drop${accept}; or stop what makes the rule.${docker}`;
}
