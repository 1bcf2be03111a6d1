import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { daemonSetNamed, setName } from "../judging/cni-agents.ts";
import { agentName, agentOn } from "../judging/network-agents.ts";
import { diedWithoutAddress, podsWithoutIPv6 } from "../judging/pods-without-ipv6.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "The network plugin has no IPv6 at all",
  why: "Weave Net never learned IPv6 and is no longer developed; whatever the API server and the nodes are told, its pods get one IPv4 address.",
  source: "https://github.com/weaveworks/weave/issues/19",
  looksLike: ["cluster-single-stack", "calico-no-ipv6-pool"], // the plugin could, and is not told to
  code: "C18",

  *judge(subject) {
    const { pods, explains, others } = podsWithoutIPv6(subject);
    if (pods.length === 0) return excluded("the pods have IPv6 addresses", others);
    const set = yield* daemonSetNamed(/^weave-net$/);
    const sets = question(daemonSets, {});
    if (!set) return excluded("no DaemonSet of a plugin without IPv6 was found", [sets]);
    const because = `${setName(set)} gives the pods their addresses, and knows IPv4 only`;
    const remedy = {
      fix: "Change to a plugin that does IPv6 (Calico, Cilium, flannel, kube-router, Antrea, OVN-Kubernetes); that takes new pods, and mostly new nodes.",
      confirm: "New pods list an IPv6 address in status.podIPs.",
      explains,
    };
    const [first] = pods;
    const beside = first && (yield* agentOn({ name: first.node }));
    if (beside)
      return possible(because, {
        ...remedy,
        missing: `that it makes the pods' network: on node ${beside.node} runs ${agentName(beside)}`,
      });
    const died = diedWithoutAddress(subject, pods);
    if (!died) return possible(`${because}; nothing that was dialled failed of it`, remedy);
    return proven(because, { ...remedy, died, instead: [{ lookalike: "calico-no-ipv6-pool", by: [sets] }] });
  },
};
