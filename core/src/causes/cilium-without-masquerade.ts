import { isUniqueLocal, parseAddress } from "../addresses/address.ts";
import { ofConnection, watchedDrops } from "../judging/agent-drops.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { kept } from "../judging/cni-agents.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { nodeDial } from "../judging/dial-args.ts";
import { failedDials } from "../judging/failures.ts";
import { agentName, agentSays } from "../judging/network-agents.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "Cilium was told to masquerade IPv6, and does not",
  why: "enable-ipv6-masquerade is on by default, and says only what is wanted. With BPF masquerading, versions of Cilium leave IPv6 out and say so nowhere but in their status; pods then leave the cluster with a unique local address that nobody routes back to.",
  source: "https://github.com/cilium/cilium/pull/17906",
  looksLike: ["ipv6-pool-not-masqueraded", "node-without-default-route"], // it is told not to / the node does not get out either
  code: "C11",

  *judge(subject) {
    const [failed] = failedDials(subject, "timeout").filter(({ flow }) => flow?.scope === "outside");
    const [pod] = subject.scene.pods;
    const [node] = subject.scene.nodes;
    const source = parseAddress(pod?.ips.IPv6 ?? "");
    if (!failed?.flow?.host || !pod || !node || !source)
      return excluded("no IPv6 dial to the outside ended in silence", dialsOverIPv6(subject, "outside"));
    if (!isUniqueLocal(source)) return excluded("the pod's address is not a unique local one", [pod]);
    const heard = yield* agentSays(node, "cilium");
    if (!heard) return unknown("no agent of Cilium was seen on the pod's node");
    const { agent, words, by } = heard;
    if (!words.ok) return unknown(`${agentName(agent)} could not be asked: ${words.refusal.message}`);
    const { masqueradesIPv6 } = words.value;
    if (masqueradesIPv6 === undefined) return unknown(`${agentName(agent)} does not say whether it masquerades IPv6`);
    if (masqueradesIPv6) return excluded(`${agentName(agent)} says that it masquerades IPv6`, [by]);
    const named = { namespace: agent.namespace, name: "cilium-config" };
    const { data = {} } = yield* ask(configMap, named);
    if (kept("enable-ipv6-masquerade of cilium-config", data["enable-ipv6-masquerade"]) === "false")
      return excluded("cilium-config tells it not to: that is ipv6-pool-not-masqueraded", [question(configMap, named)]);
    const because = `${agentName(agent)} says that it does not masquerade IPv6, which cilium-config does not turn off`;
    const remedy = {
      fix: "Upgrade Cilium to a version whose BPF masquerading knows IPv6 (1.12 or newer), or set bpf.masquerade=false, with which iptables does it; restart the agents. Or give pods a global prefix that is routed to the nodes.",
      confirm:
        "cilium-dbg status says of masquerading that IPv6 is enabled, and the dial from the pod to the outside connects.",
      explains: failedDials(subject, "timeout").flatMap(({ flow, id }) => (flow?.scope === "outside" ? id : [])),
    };
    const args = nodeDial(failed.flow, node.name, subject.patience);
    const control = question(dialProbe, args);
    const own = yield* tryAsk(dialProbe, args);
    if (!own.ok)
      return possible(because, { ...remedy, missing: `a dial from node ${node.name} itself: ${own.refusal.message}` });
    if (!own.value.ok && own.value.text === "")
      return unknown(`node ${node.name} gets no answer from there either, so that nothing tells who loses the pod's`);
    const watched = yield* watchedDrops(subject);
    const [dropped] = watched ? ofConnection(watched) : [];
    if (dropped) return excluded(`${dropped.says}: it never leaves`, [dropped.by]);
    const [listened] = watched?.looked ?? [];
    if (!listened || watched?.unheard !== undefined)
      return possible(because, { ...remedy, missing: watched?.unheard ?? "that Cilium did not drop the connection" });
    return proven(`node ${node.name} reaches ${failed.flow.host}, the pod does not; ${because}`, {
      ...remedy,
      died: { how: "control", dial: failed, by: [control, by] },
      instead: [
        { lookalike: "ipv6-pool-not-masqueraded", by: [question(configMap, named)] },
        { lookalike: "node-without-default-route", by: [control] },
        { lookalike: "network-policy-ipv4-only", by: [listened] },
      ],
    });
  },
};
