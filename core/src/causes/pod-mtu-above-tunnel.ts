import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { atNode, atPod, podName, seenFailing } from "../judging/failures.ts";
import { probe as links } from "../probes/links.ts";
import { ask } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The pod's MTU is larger than that of the tunnel its packets go through",
  why: "VXLAN over IPv6 takes 70 bytes of the underlay's MTU, not 50; WireGuard 80. A pod that believes in more sends packets that the node refuses with Packet Too Big, which works only if nobody filters ICMPv6.",
  source: "https://docs.tigera.io/calico/latest/networking/configuring/mtu",
  looksLike: ["path-mtu-black-hole"], // there the node's own interfaces are wide enough
  code: "M01",

  *judge(subject) {
    const [pod] = subject.scene.pods;
    const [node] = subject.scene.nodes;
    if (!pod || !node || pod.hostNetwork) return excluded("no pod with a network of its own was looked into");
    const own = Object.entries(yield* ask(links, atPod(pod))).find(([device]) => device !== "lo");
    const tunnels = Object.entries(yield* ask(links, atNode(node))).filter(([device]) => tunnelForIPv6.test(device));
    const narrow = tunnels.find(([, mtu]) => own && mtu < own[1]);
    if (!own || !narrow)
      return excluded(`${own?.[0]} of ${podName(pod)} (${own?.[1]}) is no larger than the tunnels of its node`);
    const because = `${own[0]} of ${podName(pod)} has an MTU of ${own[1]}, ${narrow[0]} of node ${node.name} one of ${narrow[1]}`;
    const stalled = seenFailing(subject, "stalls");
    const remedy = {
      fix: `Lower the MTU the CNI gives pods to ${narrow[1]} (Felix: vxlanMTUV6, wireguardMTUV6 or veth_mtu; flannel: the backend's MTU) and recreate the pods.`,
      confirm: "The large request is answered.",
      explains: stalled.map(({ id }) => id),
    };
    return stalled.length > 0
      ? proven(because, remedy)
      : possible(`${because}; no large request was seen to hang`, remedy);
  },
};

/** The names CNIs give to devices that carry IPv6 between nodes. */
const tunnelForIPv6 = /^(vxlan-v6\.calico|flannel-v6\.\d+|wg-v6\.cali|cilium_vxlan|flannel-wg-v6)$/;
