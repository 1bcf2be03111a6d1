import { familyOf } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { givenNodeIP, nodeDialled, onlyWhatItHas } from "../judging/node-ip.ts";

export const cause: Cause = {
  layer: "node",
  summary: "The kubelet is told one IPv4 address with --node-ip, and its cloud provider lists no other",
  why: "With an external cloud provider the kubelet hands --node-ip on in an annotation, and the provider lists what fits it. An IPv4 address alone keeps the IPv6 one off the list, though the machine has it.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#configure-ipv4-ipv6-dual-stack",
  looksLike: ["node-without-ipv6-internal-ip", "cluster-single-stack"], // nobody told it so there / the cluster has no IPv6
  code: "N02",

  *judge({ scene, failures }) {
    const dual = scene.allNodes.some(({ podCIDRs }) => podCIDRs.some((range) => familyOf(range) === "IPv6"));
    const lacking = scene.allNodes.filter(
      (node) => node.internalIPs.length > 0 && !node.internalIPs.some((ip) => familyOf(ip) === "IPv6"),
    );
    const all = lacking.filter((node) => givenNodeIP(node) !== undefined);
    const missed = failures.filter(
      ({ outcome, flow }) =>
        outcome === "no-address" && flow !== undefined && all.some(({ name }) => name === nodeDialled(flow)),
    );
    const about = missed[0]?.flow && nodeDialled(missed[0].flow);
    const told = [...all.filter(({ name }) => name === about), ...all.filter(({ name }) => name !== about)];
    const [node] = told;
    if (!node || (!dual && !scene.pods.some(({ ips, hostNetwork }) => ips.IPv6 && !hostNetwork)))
      return excluded("no node without an IPv6 InternalIP was told one address", scene.allNodes);
    const because = `alpha.kubernetes.io/provided-node-ip of node ${node.name} is ${givenNodeIP(node)}, and its InternalIPs are ${node.internalIPs.join(", ")}${told.length > 1 ? `; so it is with ${told.length - 1} more` : ""}`;
    const remedy = {
      fix: `Start the kubelet with --node-ip=IPV4,IPV6 (Kubernetes 1.29 and newer with an external provider), and use a version of the provider that lists both. ${onlyWhatItHas}`,
      confirm: `status.addresses of node ${node.name} lists an InternalIP of each family.`,
      explains: missed.map(({ id }) => id),
    };
    const [dial] = missed;
    if (!dial) return possible(`${because}; nothing that was dialled failed of it`, remedy);
    return proven(because, {
      ...remedy,
      died: { how: "answer", dial, by: [node] },
      instead: [{ lookalike: "cluster-single-stack", by: [node, ...scene.allNodes.filter((one) => one !== node)] }],
    });
  },
};
