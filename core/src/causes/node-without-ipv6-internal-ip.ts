import { contains, familyOf, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { atNode } from "../judging/failures.ts";
import { givenNodeIP, isVirtual, nodeDialled, onlyWhatItHas } from "../judging/node-ip.ts";
import type { SceneNode } from "../judging/scene.ts";
import type { InterfaceAddress } from "../linux/if-inet6.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "node",
  summary: "The node reports no IPv6 InternalIP",
  why: "The kubelet reports one address per family only if --node-ip names both, or if the cloud provider does. Without it hostNetwork pods are IPv4-only, NodePorts are closed over IPv6, and CNIs find no peer for IPv6 tunnels.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#configure-ipv4-ipv6-dual-stack",
  looksLike: ["cluster-single-stack", "node-ip-one-family"], // there the nodes have no IPv6 pod range either / it was told so
  code: "N01",

  *judge(subject) {
    const { allNodes } = subject.scene;
    const dual = allNodes.some(({ podCIDRs }) => podCIDRs.some((range) => familyOf(range) === "IPv6"));
    const podsDual = subject.scene.pods.some(({ ips, hostNetwork }) => ips.IPv6 && !hostNetwork);
    const all = allNodes.filter((node) => node.internalIPs.length > 0 && !six(node) && !isVirtual(node));
    const missed = subject.failures.filter(
      ({ outcome, flow }) =>
        outcome === "no-address" &&
        flow !== undefined &&
        all.some((one) => one.name === nodeDialled(flow) && givenNodeIP(one) === undefined),
    );
    const about = missed[0]?.flow && nodeDialled(missed[0].flow);
    const lacking = [...all.filter(({ name }) => name === about), ...all.filter(({ name }) => name !== about)];
    const [node] = lacking;
    if (!node || (!dual && !podsDual))
      return excluded("every node has an IPv6 InternalIP, or the cluster has no IPv6 to speak of", allNodes);
    if (lacking.every((one) => givenNodeIP(one) !== undefined))
      return excluded("the kubelets were told one address each: that is node-ip-one-family", lacking);
    const names = lacking
      .slice(0, 3)
      .map(({ name, internalIPs }) => `${name} ${internalIPs.join(" ")}`)
      .join(", ");
    const looked = subject.scene.nodes.includes(node) && subject.failures.length > 0;
    const seen = looked ? yield* tryAsk(addresses, atNode(node)) : undefined;
    const own = seen?.ok ? seen.value.find((one) => isNodesOwn(one, allNodes)) : undefined;
    const because = `${lacking.length} of ${allNodes.length} nodes report no IPv6 InternalIP (${names}${lacking.length > 3 ? " ..." : ""})${own ? `, although ${own.device} has ${own.address}` : ""}`;
    const remedy = {
      fix: `Start the kubelet of these nodes with --node-ip=IPV4,IPV6 (with an external cloud provider: one that supports dual-stack node addresses).${own ? "" : ` ${onlyWhatItHas}`}`,
      confirm: `status.addresses of node ${node.name} lists an InternalIP of each family.`,
      explains: missed.map(({ id }) => id),
    };
    const [dial] = missed;
    if (!dial) return possible(`${because}; nothing that was dialled failed of it`, remedy);
    return proven(because, {
      ...remedy,
      died: { how: "answer", dial, by: [node] },
      instead: [{ lookalike: "cluster-single-stack", by: [node, ...allNodes.filter((one) => one !== node)] }],
    });
  },
};

function six({ internalIPs }: SceneNode): boolean {
  return internalIPs.some((ip) => familyOf(ip) === "IPv6");
}

/** An address of the node's own: not the gateway a CNI gave it in the pods' range, nor one on a device made for pods. */
function isNodesOwn({ scope, device, address }: InterfaceAddress, nodes: readonly SceneNode[]): boolean {
  if (
    scope !== "global" ||
    /^(lo|veth|cali|lxc|cni|cilium|flannel|vxlan|docker|br-|kube-|nodelocaldns|dummy|tun|wg)/.test(device)
  )
    return false;
  const parsed = parseAddress(address);
  const ranges = nodes.flatMap(({ podCIDRs }) => podCIDRs.flatMap((range) => parsePrefix(range) ?? []));
  return parsed !== undefined && !ranges.some((range) => contains(range, parsed));
}
