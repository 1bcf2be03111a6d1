import { familyOf } from "../addresses/address.ts";
import { type Cause, excluded, proven } from "../judging/cause.ts";
import { podsWithoutIPv6 } from "../judging/pods-without-ipv6.ts";

export const cause: Cause = {
  layer: "node",
  summary: "The node was registered before the cluster became dual-stack: it has no IPv6 pod range",
  why: "spec.podCIDRs is set once, when a node is registered. Nodes from before the change keep one family, and so do all pods on them.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  looksLike: ["cluster-single-stack"], // there no node has an IPv6 range
  code: "I09",

  *judge(subject) {
    const { pods, explains } = podsWithoutIPv6(subject);
    const ranged = subject.scene.allNodes.filter(({ podCIDRs }) =>
      podCIDRs.some((range) => familyOf(range) === "IPv6"),
    );
    if (pods.length === 0 || ranged.length === 0)
      return excluded("no pod without IPv6 runs in a cluster whose other nodes have it");
    const old = subject.scene.allNodes.find(
      ({ name, podCIDRs }) =>
        podCIDRs.length > 0 &&
        pods.some(({ node }) => node === name) &&
        !podCIDRs.some((range) => familyOf(range) === "IPv6"),
    );
    if (!old) return excluded("the nodes of the pods without IPv6 have an IPv6 range");
    yield* [];
    return proven(
      `node ${old.name} has podCIDRs ${old.podCIDRs.join(", ")}, while node ${ranged[0]?.name} has ${ranged[0]?.podCIDRs.join(", ")}`,
      {
        fix: `Drain node ${old.name}, delete its Node object, and let its kubelet register again; the range cannot be added to an existing node.`,
        confirm: `spec.podCIDRs of node ${old.name} lists an IPv6 range, and new pods on it have two podIPs.`,
        explains,
      },
    );
  },
};
