import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { daemonSetNamed, kept } from "../judging/cni-agents.ts";
import { agentName, agentOfPod, agentOn } from "../judging/network-agents.ts";
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
    const value = (key: string) => kept(`${key} of cilium-config`, data[key]);
    const [enabled, chained, ipam] = [value("enable-ipv6"), value("cni-chaining-mode"), value("ipam")];
    // What another plugin gives, Cilium only carries.
    if (chained !== undefined && !/^(none|portmap)$/.test(chained))
      return excluded(`Cilium is chained (cni-chaining-mode ${chained}): another plugin gives the addresses`, [config]);
    if (ipam === "delegated-plugin") return excluded(`another plugin gives the addresses: ipam is ${ipam}`, [config]);
    const heard = yield* agentOfPod(pods, "cilium");
    const serves = heard?.words.ok ? heard.words.value.servesIPv6 : undefined;
    if (heard && serves === true) return excluded(`${agentName(heard.agent)} hands out IPv6 addresses`, [heard.by]);
    if (enabled === "true" && serves !== false) return excluded('enable-ipv6 is "true"', [config]);
    const because =
      heard && enabled === "true"
        ? `${agentName(heard.agent)} hands out no IPv6 addresses, although enable-ipv6 is "true": it read its configuration when it started`
        : `cilium-config has enable-ipv6: ${enabled === undefined ? "not set" : `"${enabled}"`}`;
    const remedy = {
      fix: `${enabled === "true" ? "Restart" : "Set ipv6.enabled=true in Cilium's Helm values (enable-ipv6 in cilium-config), restart"} the agents, then recreate the pods.`,
      confirm: "New pods list an IPv6 address in status.podIPs.",
      explains,
    };
    if (ipam !== undefined && /^(eni|azure|alibabacloud)$/.test(ipam))
      return possible(because, {
        ...remedy,
        fix: `Look first whether this version of Cilium does IPv6 with ipam ${ipam}, in which the cloud gives the addresses: most do not, and their agents do not start with it.`,
        missing: `that Cilium could give pods IPv6 addresses here: ipam is ${ipam}`,
      });
    const [first] = pods;
    const beside = first && !heard ? yield* agentOn({ name: first.node }) : undefined;
    if (beside)
      return possible(because, {
        ...remedy,
        missing: `that Cilium makes the pods' network: on node ${beside.node} runs ${agentName(beside)}`,
      });
    const died = diedWithoutAddress(subject, pods);
    if (!died) return possible(`${because}; nothing that was dialled failed of it`, remedy);
    return proven(because, {
      ...remedy,
      died,
      instead: [{ lookalike: "cluster-single-stack", by: [config, serves === undefined ? sets : (heard?.by ?? sets)] }],
    });
  },
};
