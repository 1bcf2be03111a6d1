import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { daemonSetNamed, flannelSets } from "../judging/cni-agents.ts";
import { agentName, agentOfPod, agentOn } from "../judging/network-agents.ts";
import { diedWithoutAddress, podsWithoutIPv6, rangesAreIPv4 } from "../judging/pods-without-ipv6.ts";
import { flannelIPv6 } from "../kinds/flannel.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Flannel is not told to do IPv6",
  why: "Flannel serves IPv6 only if net-conf.json says EnableIPv6 and gives an IPv6Network; the manifest it is shipped with has neither, and neither has Canal's.",
  source: "https://github.com/flannel-io/flannel/blob/master/Documentation/configuration.md#dual-stack",
  looksLike: ["cluster-single-stack"],
  code: "C15",

  *judge(subject) {
    const { pods, explains, others } = podsWithoutIPv6(subject);
    if (pods.length === 0) return excluded("the pods have IPv6 addresses", others);
    if (rangesAreIPv4(subject))
      return excluded(
        "the nodes have no IPv6 range that the CNI could use: that is cluster-single-stack",
        subject.scene.allNodes,
      );
    const sets = question(daemonSets, {});
    const set = yield* daemonSetNamed(flannelSets);
    if (!set) return excluded("no DaemonSet of Flannel was found", [sets]);
    const [prefix] = /^(?:rke2-)?canal/.exec(set.metadata.name) ?? [];
    const name = prefix ? `${prefix}-config` : "kube-flannel-cfg";
    const named = { namespace: set.metadata.namespace ?? "kube-flannel", name };
    const { data = {} } = yield* ask(configMap, named);
    const config = question(configMap, named);
    const conf = flannelIPv6(String(data["net-conf.json"] ?? ""));
    if (!conf) return unknown(`net-conf.json in ConfigMap ${name} is no JSON`);
    const { enabled, network } = conf;
    const told = enabled === true && network !== undefined;
    const heard = yield* agentOfPod(pods, "flannel");
    const serves = heard?.words.ok ? heard.words.value.servesIPv6 : undefined;
    if (heard && serves === true)
      return excluded(`${agentName(heard.agent)} has an IPv6 range for its node`, [heard.by]);
    if (told && serves !== false) return excluded(`EnableIPv6 is true, IPv6Network ${network}`, [config]);
    const because =
      heard && told
        ? `${agentName(heard.agent)} has no IPv6 range for its node, although net-conf.json gives ${network}: it read that when it started`
        : `net-conf.json has EnableIPv6 ${enabled ?? "unset"} and IPv6Network ${network ?? "unset"}`;
    const remedy = {
      fix: told
        ? `Restart DaemonSet ${set.metadata.namespace}/${set.metadata.name}, give its nodes an IPv6 default route, by which flannel looks for its interface, and recreate the pods.`
        : `Add "EnableIPv6": true and "IPv6Network" to net-conf.json in ConfigMap ${set.metadata.namespace}/${name}, give the nodes an IPv6 default route (flannel looks for its interface by it), restart the DaemonSet, recreate the pods.`,
      confirm: "New pods list an IPv6 address in status.podIPs.",
      explains,
    };
    const [first] = pods;
    const beside = first && !heard ? yield* agentOn({ name: first.node }) : undefined;
    if (beside)
      return possible(because, {
        ...remedy,
        missing: `that flannel makes the pods' network: on node ${beside.node} runs ${agentName(beside)}`,
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
