import type { WantedMend } from "../cluster/changes.ts";
import { droppedByPolicy } from "../judging/agent-drops.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atNode, failedDials, isLate, nodesOn } from "../judging/failures.ts";
import { filterStops } from "../judging/filter-stops.ts";
import { filteredOn } from "../judging/filtered.ts";
import { carriesOutPolicies, type Denial, policyRulings } from "../judging/policy-rulings.ts";
import type { Ground } from "../judging/proof.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "policy",
  summary: "A NetworkPolicy allows the connection over IPv4 only",
  why: 'A policy isolates a pod for both families at once, but an ipBlock with an IPv4 range lets in no IPv6 peer: 0.0.0.0/0 is not "anybody".',
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  looksLike: ["forward-policy-drops-ipv6"], // a policy of the API explains a drop that the node's rules only carry out
  code: "NP01",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "refused", "denied", "host-unreachable", "network-unreachable");
    if (lost.length === 0)
      return excluded("no IPv6 dial failed that a policy could have stopped", dialsOverIPv6(subject));
    const { denial: denied, doubt, by } = yield* policyRulings(subject);
    if (!denied)
      return doubt === undefined
        ? excluded("the policies in force allow the IPv6 dials that failed", by)
        : unknown(`whether a policy denies an IPv6 dial that failed is not known: ${doubt}`);
    const because = `${denied.why.replace(/\.$/, "")}; the same connection over IPv4 is ${denied.ipv4}`;
    const remedy = {
      fix: `In ${denied.policy} add the IPv6 range beside the IPv4 one (::/0 for anybody), or select pods and namespaces by their labels, which holds for both families.`,
      ...mendOf(denied),
      confirm: "Dial again once the policy is applied.",
      explains: denied.symptoms,
    };
    if (denied.ipv4 === "unknown")
      return possible(because, { ...remedy, missing: "what it says of the same over IPv4" });
    if (denied.ipv4 !== "allowed") return possible(`${because} So IPv6 is treated no worse than IPv4.`, remedy);
    // A policy is an object; whether anybody carries it out shows in the rules that took the packets.
    let taken: readonly [Ground, ...Ground[]] | undefined;
    for (const node of nodesOn(subject, lost)) {
      const { dropped } = yield* filteredOn(subject, node, lost);
      if (dropped && carriesOutPolicies.test(dropped.chain)) taken = dropped.by;
      if (dropped && !carriesOutPolicies.test(dropped.chain))
        return possible(
          `${because} But on node ${node.name} ${dropped.rule} takes the packets, which is no rule of a policy`,
          remedy,
        );
    }
    const ebpf = taken ? undefined : yield* droppedByPolicy(subject);
    if (ebpf?.drop && ebpf.watched.dial === denied.dial) taken = [ebpf.drop.by];
    const at = denied.dial;
    if (!taken && ebpf?.watched.dial === at && ebpf.watched.unheard === undefined)
      return possible(`${because} But Cilium on these nodes dropped nothing of it`, {
        ...remedy,
        missing: "what takes the packets: Cilium may be told to enforce no policy",
      });
    // What is denied is dropped, and a pod that does not listen refuses at once.
    if (!taken && at.outcome === "refused" && !isLate(subject, at))
      return possible(because, {
        ...remedy,
        missing: "who refuses at once: the pod itself does where it does not listen",
      });
    const reached = subject.symptoms.find(
      ({ family, outcome, flow }) =>
        family === "IPv6" &&
        (outcome === "ok" || outcome === "refused") &&
        flow?.scope === denied.dial.flow?.scope &&
        flow !== denied.dial.flow,
    );
    const other = notOverIPv4(subject, denied.dial);
    if (!taken && !(denied.engine && enforces.test(denied.engine)))
      return possible(because, {
        ...remedy,
        missing: denied.engine
          ? `that ${denied.engine} enforces policies here, which is a setting of its own`
          : "that anything here enforces policies: no agent that does was seen",
      });
    // Of an engine that writes rules the rule is looked for, by either program.
    if (!taken && denied.engine && writesRules.test(denied.engine)) {
      const { stops, unreadable } = yield* filterStops(subject, [denied.dial]);
      taken = stops.find(({ chain }) => /cali-/.test(chain) || carriesOutPolicies.test(chain))?.by;
      if (!taken && unreadable === undefined)
        return possible(`${because} But no rule of ${denied.engine} on these nodes takes the packets`, {
          ...remedy,
          missing: `what carries it out: ${denied.engine} writes rules, unless it is told to use eBPF`,
        });
    }
    if (!other)
      return possible(because, {
        ...remedy,
        missing: "the same dial over IPv4, which the policy allows and which has to work",
      });
    if (!taken && !reached)
      return possible(because, {
        ...remedy,
        missing:
          "the policy engine's rule that takes the packets, or a pod at the same place that is reached over IPv6",
      });
    const [policies] = by;
    return proven(because, {
      ...remedy,
      died: { how: taken ? "tuple" : "control", dial: denied.dial, by: taken ?? [reached as Ground] },
      instead: [
        {
          lookalike: "forward-policy-drops-ipv6",
          by: taken ?? [policies ?? question(ip6tables, atNode({ name: "" }))],
        },
        other,
      ],
    });
  },
};

/** The way to mend each kind of policy that has one. */
const mends = [
  { group: "networking.k8s.io", kind: "NetworkPolicy", mend: "policy-both-families" },
  { group: "crd.projectcalico.org", kind: "NetworkPolicy", mend: "calico-policy-both-families" },
  { group: "crd.projectcalico.org", kind: "GlobalNetworkPolicy", mend: "calico-global-policy-both-families" },
  { group: "cilium.io", kind: "CiliumNetworkPolicy", mend: "cilium-policy-both-families" },
  { group: "cilium.io", kind: "CiliumClusterwideNetworkPolicy", mend: "cilium-clusterwide-policy-both-families" },
];

/** Agents that enforce policies wherever they run; others have to be told to. */
const enforces =
  /^(cilium|calico-node|(rke2-)?canal|kube-router|antrea-agent|kube-network-policies|ovnkube-node|kube-ovn-cni|azure-npm)/;
/** Those that do it by rules of iptables or nftables. */
const writesRules = /^(calico-node|(rke2-)?canal|kube-router|azure-npm)/;

/** Of several policies nobody can tell which was to let the connection in. */
function mendOf({ policies, dial }: Denial): { readonly mend?: WantedMend } {
  const [policy, second] = policies;
  const way = mends.find(({ group, kind }) => policy?.apiVersion?.startsWith(`${group}/`) && policy.kind === kind);
  if (!policy || second || !way) return {};
  const pods = [dial.flow?.toPod, dial.flow?.from].flatMap((pod) => (pod ? [`${pod.namespace}/${pod.name}`] : []));
  const { namespace, name } = policy;
  return { mend: { mend: way.mend, ...(namespace === undefined ? {} : { namespace }), name, pods } };
}
