import { familyOf } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { givenByPools } from "../judging/cni-agents.ts";
import { diedWithoutAddress, podsWithoutIPv6 } from "../judging/pods-without-ipv6.ts";
import { probe as services } from "../probes/services.ts";
import { question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "The cluster is IPv4-only: its nodes have no IPv6 pod ranges",
  why: "Dual-stack is not a setting of a pod. The controller manager gives every node a range per family (--cluster-cidr), the API server one per family to Services (--service-cluster-ip-range), and the CNI has to be told as well.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#configure-ipv4-ipv6-dual-stack",
  looksLike: ["node-podcidr-single-stack", "calico-no-ipv6-pool"], // some nodes have the range / all have it and no pod does
  code: "I01",

  *judge(subject) {
    const { pods, explains, others } = podsWithoutIPv6(subject);
    if (pods.length === 0) return excluded("the pods have IPv6 addresses", others);
    if (others.length > 0) return excluded("other pods have IPv6 addresses", others);
    const { allNodes } = subject.scene;
    const ranges = allNodes.flatMap(({ podCIDRs }) => podCIDRs);
    const dual = ranges.filter((range) => familyOf(range) === "IPv6");
    if (dual.length > 0) return excluded(`nodes have IPv6 pod ranges (${dual[0]})`, allNodes);
    const found = yield* tryAsk(services, {});
    const six = found.ok
      ? found.value.find(({ spec }) => (spec?.clusterIPs ?? []).some((ip: string) => familyOf(ip) === "IPv6"))
      : undefined;
    const remedy = {
      fix: "Enable dual-stack: two ranges in --cluster-cidr and --service-cluster-ip-range, both families in the CNI. A node's podCIDRs never change, so nodes have to be registered again, and pods recreated.",
      confirm: "Every node's spec.podCIDRs lists a range of each family, and new pods have two podIPs.",
      explains,
    };
    if (ranges.length === 0)
      return possible(
        "no pod has an IPv6 address; the nodes have no podCIDRs, so the CNI assigns the ranges itself",
        remedy,
      );
    if (six)
      return possible(
        `no pod and no node has an IPv6 range, although Service ${six.metadata.name} has an IPv6 address`,
        remedy,
      );
    // Virtual nodes, and those of an address management of their own, have none at all.
    const ranged = allNodes.filter(({ podCIDRs }) => podCIDRs.length > 0).length;
    const has =
      ranged === allNodes.length
        ? `all ${ranged} nodes have IPv4 podCIDRs only`
        : `${ranged} of ${allNodes.length} nodes have podCIDRs, all of IPv4`;
    const because = `${has} (${ranges[0]}), and no pod has an IPv6 address`;
    const pool = yield* givenByPools();
    if (pool)
      return possible(because, {
        ...remedy,
        fix: "First make a pod anew: one from before the CNI had an IPv6 pool gets its address then, without a change of the nodes.",
        missing: `that pods get their addresses from podCIDRs: ${pool}`,
      });
    const died = diedWithoutAddress(subject, pods);
    const [node] = allNodes;
    if (!died || !node || !found.ok)
      return possible(because, {
        ...remedy,
        missing: died ? "the Services of the cluster" : "a dial that fails of it",
      });
    return proven(because, {
      ...remedy,
      died,
      instead: [{ lookalike: "node-podcidr-single-stack", by: [node, ...allNodes.slice(1), question(services, {})] }],
    });
  },
};
