import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { daemonSetNamed } from "../judging/cni-agents.ts";
import { atNode, failedDials } from "../judging/failures.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "kube-proxy programs no IPv6 rules on the node",
  why: "kube-proxy falls back to one family when it finds no ip6tables, or when its configuration names one. The IPv6 address of a Service then leaves the node untranslated, towards a router that knows nothing of it.",
  source: "https://kubernetes.io/docs/reference/networking/virtual-ips/",
  looksLike: ["no-ready-ipv6-endpoints"], // there kube-proxy has rules, and rejects
  code: "P01",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "network-unreachable", "host-unreachable").filter(
      ({ flow }) => flow?.scope === "service",
    );
    const [node] = subject.scene.nodes;
    const flow = lost[0]?.flow;
    if (!flow?.service || !node) return excluded("no IPv6 dial to a Service was lost on the way");
    const direct = subject.symptoms.filter(({ flow: other, family }) => family === "IPv6" && other?.toPod);
    if (direct.length > 0 && direct.every(({ failed }) => failed))
      return excluded("the pods behind it cannot be reached directly either");
    const { namespace, name: service } = flow.service;
    const slices = yield* tryAsk(endpointSlices, { namespace, service });
    if (slices.ok && !slices.value.some(({ addressType }) => addressType === "IPv6"))
      return excluded(`Service ${namespace}/${service} has no IPv6 endpoints to translate to`);
    const set = yield* daemonSetNamed(/^kube-proxy/);
    const rules = yield* tryAsk(ip6tables, atNode(node));
    const remedy = {
      fix: `Look at the log of kube-proxy on node ${node.name} for "single-stack" or a failing ip6tables; give it both families in clusterCIDR, and the node ip6tables' nat table.`,
      confirm: `ip6tables-save -t nat on node ${node.name} names ${flow.host}.`,
      explains: lost.map(({ id }) => id),
    };
    if (!rules.ok)
      return possible(`the rules of node ${node.name} could not be read: ${rules.refusal.message}`, remedy);
    if (rules.value.rules.some(({ text }) => text.includes(`${flow.host}/128`)))
      return excluded(`ip6tables of node ${node.name} names ${flow.host}`);
    const because = `ip6tables of node ${node.name} has no rule for ${flow.host}, the address of Service ${namespace}/${service}`;
    // Without a kube-proxy the CNI serves Services by other means, which ip6tables does not show.
    return set && direct.length > 0
      ? proven(because, remedy)
      : possible(`${because}; nftables or eBPF may serve it`, remedy);
  },
};
