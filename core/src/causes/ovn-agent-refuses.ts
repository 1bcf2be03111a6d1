import { agentSaid } from "../judging/agent-log.ts";
import { type Cause, excluded, possible, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { failedOnTheWay, nodesOn } from "../judging/failures.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "The agent of OVN-Kubernetes or Kube-OVN does not come to terms with the node's IPv6",
  why: "OVN-Kubernetes takes one interface for the way out: where the default routes of the two families leave by different ones, its agent ends. Kube-OVN adds a route to every pod range by its join network, which cannot be reached where that range overlaps the node's, or the node has no IPv6 there.",
  source:
    "https://docs.openshift.com/container-platform/latest/networking/ovn_kubernetes_network_provider/about-ovn-kubernetes.html",
  looksLike: ["node-without-default-route", "route-to-peer-missing"], // there is no such route at all / the agent says nothing
  code: "C21",
  unprovable: true,

  *judge(subject) {
    const lost = failedOnTheWay(subject);
    if (lost.length === 0) return excluded("no IPv6 dial was lost on the way", dialsOverIPv6(subject));
    for (const node of nodesOn(subject, lost)) {
      const said = yield* agentSaid(node.name, /^(ovnkube-node|kube-ovn-cni)/, "ovn");
      const line = said?.found.at(-1);
      if (!said || line === undefined) continue;
      const gateways = /gateway interfaces/.test(line);
      return possible(`${said.pod} on node ${node.name} says: ${line}`, {
        fix: gateways
          ? `On node ${node.name} let the IPv4 and the IPv6 default route leave by the same interface; then restart the agent.`
          : `Give the node an IPv6 address on the link of its other address, and choose pod, Service and join ranges that overlap neither each other nor the nodes' (Kube-OVN's join range is fd00:100:64::/64 unless it is told another).`,
        confirm: `The log of ${said.pod} does not say so any more.`,
        explains: lost.map(({ id }) => id),
        missing: "which of our packets met what the agent left undone",
      });
    }
    return unknown("the log of no agent of OVN-Kubernetes or Kube-OVN says so");
  },
};
