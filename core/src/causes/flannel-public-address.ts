import { parseAddress } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atNode, failedOnTheWay } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import type { SceneNode } from "../judging/scene.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

const annotation = "flannel.alpha.coreos.com/public-ipv6";

export const cause: Cause = {
  layer: "cluster",
  summary: "Flannel tells the other nodes an IPv6 address that the node does not have",
  why: "Each node's flannel writes the address its VXLAN ends at into an annotation, and the others send there. A node that was renumbered, one with several interfaces, or a --public-ipv6 that was copied leave an address nobody answers for.",
  source: "https://github.com/flannel-io/flannel/blob/master/Documentation/configuration.md",
  looksLike: ["node-address-not-on-interface", "overlay-port-blocked"], // Kubernetes lists the address too / the address is right
  code: "C16",

  *judge(subject) {
    const across = failedOnTheWay(subject).filter(({ flow }) => flow?.scope === "other-node" && flow.toPod?.ips.IPv6);
    if (across.length === 0)
      return excluded(
        "no IPv6 dial to a pod of another node was lost on the way",
        dialsOverIPv6(subject, "other-node"),
      );
    const looked: Ground[] = [];
    for (const dial of across)
      for (const name of [dial.flow?.from.node, dial.flow?.toPod?.node]) {
        const node = subject.scene.nodes.find((one) => one.name === name);
        const told = node?.object.metadata.annotations?.[annotation];
        if (!node || !told) {
          if (node) looked.push(node);
          continue;
        }
        // The address that Kubernetes lists and the node lacks is node-address-not-on-interface.
        if (node.internalIPs.includes(told)) {
          looked.push(node);
          continue;
        }
        const found = yield* ask(addresses, atNode(node));
        looked.push(question(addresses, atNode(node)));
        if (found.some(({ address }) => address === told)) continue;
        const own = found
          .filter(({ scope }) => scope === "global")
          .map(({ address, device }) => `${address} on ${device}`);
        const twin = notOverIPv4(subject, dial);
        const because = `${annotation} of node ${node.name} is ${told}, which is on none of its interfaces (${own.slice(0, 4).join(", ") || "no global address"})`;
        const remedy = {
          fix: `Restart flannel on node ${node.name} so that it looks for its address anew; where it is given by --public-ipv6, --iface or an annotation ...-overwrite, correct that first.`,
          confirm: `${annotation} of node ${node.name} is an address of the node, and bridge fdb on the other nodes names it.`,
          explains: across
            .filter(({ flow }) => [flow?.from.node, flow?.toPod?.node].includes(node.name))
            .map(({ id }) => id),
        };
        // What a router before the node translates or routes to it is meant to be on none of its interfaces.
        if (isExternal(node, told))
          return possible(because, { ...remedy, missing: `that no router brings ${told} to the node` });
        // The annotation stays on nodes whose pods' network somebody else makes by now.
        const { from, toPod } = dial.flow ?? {};
        const [pod, other] = name === toPod?.node ? [toPod, from] : [from, toPod];
        const sender = atNode({ name: other?.node ?? "" });
        const table = yield* tryAsk(routes, sender);
        const address = parseAddress(pod?.ips.IPv6 ?? "");
        const route = table.ok && address ? routeTo(table.value, address) : undefined;
        if (!table.ok)
          return possible(because, {
            ...remedy,
            missing: `that node ${other?.node} sends there: ${table.refusal.message}`,
          });
        looked.push(question(routes, sender));
        if (!route || !(/^flannel/.test(route.device) || route.gateway === told)) continue;
        return proven(because, {
          ...remedy,
          died: { how: "tuple", dial, by: [node, question(addresses, atNode(node)), question(routes, sender)] },
          instead: [{ lookalike: "node-address-not-on-interface", by: [node] }, ...(twin ? [twin] : [])],
        });
      }
    return excluded("the nodes have the addresses that flannel tells of them, or it tells none", looked);
  },
};

/** Kubernetes lists it as another address of the node, or somebody gave it by hand. */
function isExternal({ object }: SceneNode, told: string): boolean {
  const listed = (object.status?.addresses ?? []) as { readonly address?: string }[];
  const given = object.metadata.annotations?.[`${annotation}-overwrite`];
  return told === given || listed.some(({ address }) => address === told);
}
