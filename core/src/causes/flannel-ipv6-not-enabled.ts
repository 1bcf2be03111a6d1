import { type Cause, excluded, proven, unknown } from "../judging/cause.ts";
import { daemonSetNamed } from "../judging/cni-agents.ts";
import { podsWithoutIPv6, rangesAreIPv4 } from "../judging/pods-without-ipv6.ts";
import { flannelIPv6 } from "../kinds/flannel.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { ask } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Flannel is not told to do IPv6",
  why: "Flannel serves IPv6 only if net-conf.json says EnableIPv6 and gives an IPv6Network; the manifest it is shipped with has neither, and neither has Canal's.",
  source: "https://github.com/flannel-io/flannel/blob/master/Documentation/configuration.md#dual-stack",
  looksLike: ["cluster-single-stack"],
  code: "C15",

  *judge(subject) {
    const { pods, explains } = podsWithoutIPv6(subject);
    if (pods.length === 0) return excluded("the pods have IPv6 addresses");
    if (rangesAreIPv4(subject))
      return excluded("the nodes have no IPv6 range that the CNI could use: that is cluster-single-stack");
    const set = yield* daemonSetNamed(/flannel|^canal/);
    if (!set) return excluded("no DaemonSet of Flannel was found");
    const name = /canal/.test(set.metadata.name) ? "canal-config" : "kube-flannel-cfg";
    const { data = {} } = yield* ask(configMap, { namespace: set.metadata.namespace ?? "kube-flannel", name });
    const conf = flannelIPv6(String(data["net-conf.json"] ?? ""));
    if (!conf) return unknown(`net-conf.json in ConfigMap ${name} is no JSON`);
    const { enabled, network } = conf;
    if (enabled === true && network) return excluded(`EnableIPv6 is true, IPv6Network ${network}`);
    return proven(`net-conf.json has EnableIPv6 ${enabled ?? "unset"} and IPv6Network ${network ?? "unset"}`, {
      fix: `Add "EnableIPv6": true and "IPv6Network" to net-conf.json in ConfigMap ${set.metadata.namespace}/${name}, give the nodes an IPv6 default route (flannel looks for its interface by it), restart the DaemonSet, recreate the pods.`,
      confirm: "New pods list an IPv6 address in status.podIPs.",
      explains,
    });
  },
};
