import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { daemonSetNamed, kept } from "../judging/cni-agents.ts";
import { agentName, agentOfPod } from "../judging/network-agents.ts";
import { diedWithoutAddress, podsWithoutIPv6, rangesAreIPv4 } from "../judging/pods-without-ipv6.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "IPv6 is turned off in Cilium",
  why: 'Cilium gives pods IPv6 addresses only with enable-ipv6: "true" in its ConfigMap; the default is false, whatever the nodes\' podCIDRs say. Agents read it when they start.',
  source: "https://docs.cilium.io/en/stable/network/kubernetes/configuration/",
  looksLike: ["cluster-single-stack"],
  code: "C10",

  *judge(subject) {
    const { pods, explains, others } = podsWithoutIPv6(subject);
    if (pods.length === 0) return excluded("the pods have IPv6 addresses", others);
    if (rangesAreIPv4(subject))
      return excluded(
        "the nodes have no IPv6 range that the CNI could use: that is cluster-single-stack",
        subject.scene.allNodes,
      );
    const sets = question(daemonSets, {});
    const set = yield* daemonSetNamed(/^cilium$/);
    if (!set) return excluded("no DaemonSet of Cilium was found", [sets]);
    const named = { namespace: set.metadata.namespace ?? "kube-system", name: "cilium-config" };
    const { data = {} } = yield* ask(configMap, named);
    const config = question(configMap, named);
    const enabled = kept("enable-ipv6 of cilium-config", data["enable-ipv6"]);
    const heard = enabled === "true" ? yield* agentOfPod(pods, "cilium") : undefined;
    if (enabled === "true" && !(heard?.words.ok && heard.words.value.servesIPv6 === false))
      return excluded('enable-ipv6 is "true"', [config]);
    const because = heard
      ? `${agentName(heard.agent)} hands out no IPv6 addresses, although enable-ipv6 is "true": it read its configuration when it started`
      : `cilium-config has enable-ipv6: ${enabled === undefined ? "not set" : `"${enabled}"`}`;
    const remedy = {
      fix: `${heard ? "Restart" : "Set ipv6.enabled=true in Cilium's Helm values (enable-ipv6 in cilium-config), restart"} the agents, then recreate the pods.`,
      confirm: "New pods list an IPv6 address in status.podIPs.",
      explains,
    };
    const died = diedWithoutAddress(subject, pods);
    if (!died) return possible(`${because}; nothing that was dialled failed of it`, remedy);
    return proven(because, {
      ...remedy,
      died,
      instead: [{ lookalike: "cluster-single-stack", by: [config, heard?.by ?? sets] }],
    });
  },
};
