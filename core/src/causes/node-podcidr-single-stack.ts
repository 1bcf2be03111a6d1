import { familyOf } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { diedWithoutAddress, podsWithoutIPv6 } from "../judging/pods-without-ipv6.ts";

export const cause: Cause = {
  layer: "node",
  summary: "The node was registered before the cluster became dual-stack: it has no IPv6 pod range",
  why: "spec.podCIDRs is set once, when a node is registered. Nodes from before the change keep one family, and so do all pods on them.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  looksLike: ["cluster-single-stack"], // there no node has an IPv6 range
  code: "I09",

  *judge(subject) {
    yield* [];
    const { pods, explains, others } = podsWithoutIPv6(subject);
    const { allNodes } = subject.scene;
    const [ranged] = allNodes.filter(({ podCIDRs }) => podCIDRs.some((range) => familyOf(range) === "IPv6"));
    if (pods.length === 0) return excluded("the pods have IPv6 addresses", others);
    if (!ranged) return excluded("no node has an IPv6 range", allNodes);
    const old = allNodes.find(
      ({ name, podCIDRs }) =>
        podCIDRs.length > 0 &&
        pods.some(({ node }) => node === name) &&
        !podCIDRs.some((range) => familyOf(range) === "IPv6"),
    );
    if (!old) return excluded("the nodes of the pods without IPv6 have an IPv6 range", allNodes);
    const because = `node ${old.name} has podCIDRs ${old.podCIDRs.join(", ")}, while node ${ranged.name} has ${ranged.podCIDRs.join(", ")}`;
    const remedy = {
      fix: `Drain node ${old.name}, delete its Node object, and let its kubelet register again; the range cannot be added to an existing node.`,
      confirm: `spec.podCIDRs of node ${old.name} lists an IPv6 range, and new pods on it have two podIPs.`,
      explains,
    };
    const died = diedWithoutAddress(subject, pods);
    if (!died) return possible(`${because}; nothing that was dialled failed of it`, remedy);
    return proven(because, { ...remedy, died, instead: [{ lookalike: "cluster-single-stack", by: [ranged, old] }] });
  },
};
