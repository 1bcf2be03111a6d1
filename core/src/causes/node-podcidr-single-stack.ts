import { familyOf } from "../addresses/address.ts";
import { type Cause, excluded, noticed, possible, proven } from "../judging/cause.ts";
import { givenByPools } from "../judging/cni-agents.ts";
import { inRangesOf } from "../judging/pod-ranges.ts";
import { diedWithoutAddress, podsWithoutIPv6 } from "../judging/pods-without-ipv6.ts";
import type { Scene, SceneNode, ScenePod } from "../judging/scene.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "node",
  summary: "The node was registered before the cluster became dual-stack: it has no IPv6 pod range",
  why: "spec.podCIDRs is set once, when a node is registered. Nodes from before the change keep one family, and so do all pods on them.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  looksLike: ["cluster-single-stack"], // there no node has an IPv6 range
  code: "I09",

  *judge(subject) {
    const { allNodes } = subject.scene;
    const { pods, explains, others } = podsWithoutIPv6(subject);
    const [ranged] = allNodes.filter(hasIPv6Range);
    if (!ranged) return excluded("no node has an IPv6 range", allNodes);
    const old = oldNodeOf(subject.scene, pods.length > 0 ? pods : others);
    if (!old && pods.length === 0) return excluded("the pods have IPv6 addresses", others);
    if (!old) return excluded("the nodes of the pods without IPv6 have an IPv6 range", allNodes);
    const because = `node ${old.node.name} has podCIDRs ${old.node.podCIDRs.join(", ")}, while node ${ranged.name} has ${ranged.podCIDRs.join(", ")}`;
    const remedy = {
      fix: `Drain node ${old.node.name}, delete its Node object, and let its kubelet register again; the range cannot be added to an existing node.`,
      confirm: `spec.podCIDRs of node ${old.node.name} lists an IPv6 range, and new pods on it have two podIPs.`,
      explains,
    };
    const ofRange = inRangesOf(old.pod, old.node);
    const pool = yield* givenByPools();
    if (pods.length === 0 && (pool || !ofRange)) return excluded("the pods have IPv6 addresses", others);
    if (pods.length === 0)
      return noticed(
        `${because}; ${old.pod.namespace}/${old.pod.name} has its IPv6 address from before, and a pod that is made there now gets none`,
        remedy,
      );
    const died = diedWithoutAddress(subject, pods);
    if (!died) return possible(`${because}; nothing that was dialled failed of it`, remedy);
    if (pool)
      return possible(because, {
        ...remedy,
        missing: `that pods get their addresses from podCIDRs: ${pool}, and then a pod from before the change only has to be recreated`,
      });
    if (!ofRange)
      return possible(because, {
        ...remedy,
        missing: `that pods get their addresses from podCIDRs: ${old.pod.ips.IPv4 ?? "its address"} of ${old.pod.namespace}/${old.pod.name} is in none of its node's`,
      });
    return proven(because, {
      ...remedy,
      died,
      instead: [
        { lookalike: "cluster-single-stack", by: [ranged, old.node] },
        { lookalike: "a CNI that gives addresses from pools of its own", by: [question(daemonSets, {}), old.pod] },
      ],
    });
  },
};

function hasIPv6Range({ podCIDRs }: SceneNode): boolean {
  return podCIDRs.some((range) => familyOf(range) === "IPv6");
}

/** The first of these pods whose node has ranges, and none of IPv6. */
function oldNodeOf({ allNodes }: Scene, pods: readonly ScenePod[]): { pod: ScenePod; node: SceneNode } | undefined {
  const all = pods.flatMap((pod) => allNodes.filter(({ name }) => name === pod.node).map((node) => ({ pod, node })));
  return all.find(({ node }) => node.podCIDRs.length > 0 && !hasIPv6Range(node));
}
