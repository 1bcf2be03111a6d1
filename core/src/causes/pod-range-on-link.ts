import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { neighboursAsked } from "../judging/crossing.ts";
import { atNode, podName } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import type { SceneNode, ScenePod } from "../judging/scene.ts";
import { outcomeOf } from "../judging/symptom.ts";
import { dialsWith, waysAcross } from "../judging/ways-across.ts";
import type { InterfaceAddress } from "../linux/if-inet6.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { type DialArgs, probe as dialProbe } from "../probes/dial.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "address",
  summary: "A prefix on one of the node's own links covers the pods of another node",
  why: "An address with too short a prefix, or a pod range that overlaps the nodes' network, makes the kernel believe that the other node's pods stand on its own link. It asks for them there by neighbour discovery, nobody answers, and after three seconds the pod hears that the host is unreachable.",
  source: "https://www.rfc-editor.org/rfc/rfc4861#section-5.2",
  looksLike: ["route-to-peer-missing", "next-hop-not-peer"], // there the packet leaves towards a router / to a gateway that is none
  code: "I05",

  *judge(subject) {
    const ways = waysAcross(subject);
    if (ways.length === 0)
      return excluded(
        "no IPv6 dial to a pod of another node was lost on the way",
        dialsOverIPv6(subject, "other-node"),
      );
    const looked: Ground[] = [];
    for (const { dial, from, to } of ways) {
      const node = subject.scene.nodes.find(({ name }) => name === from.node);
      const address = parseAddress(to.ips.IPv6 ?? "");
      // The address of a node is where it should be on the nodes' own link.
      if (!node || !address || to.hostNetwork) continue;
      looked.push(question(routes, atNode(node)));
      const route = routeTo(yield* ask(routes, atNode(node)), address);
      if (!route || route.gateway !== undefined || route.reject || route.destination.endsWith("/128")) continue;
      const own = covering(yield* ask(addresses, atNode(node)), route.device, to);
      if (!own) continue;
      const { asked } = yield* neighboursAsked(subject, node, dial);
      const because = `on node ${node.name} ${own.device} has ${own.address}/${own.length}, so the on-link route ${route.destination} takes ${to.ips.IPv6} of ${podName(to)}, which runs on node ${to.node}`;
      const remedy = {
        fix: `Give ${own.device} of node ${node.name} the prefix length of its own pods (${node.podCIDRs.find((cidr) => cidr.includes(":")) ?? "its pod range"}), or use pod ranges outside the nodes' networks; then add the route to the pods of node ${to.node}.`,
        confirm: `ip -6 route get ${to.ips.IPv6} on node ${node.name} names the other node as its next hop.`,
        explains: dialsWith(to, ways),
      };
      if (asked === 0) return possible(because, { ...remedy, missing: "that the node asks for the pod on its link" });
      // On a link that all pods share the pod answers, and the node may ask for others.
      const answer = question(dialProbe, fromNode(node, to));
      const tried = yield* tryAsk(dialProbe, answer.args);
      if (!tried.ok || outcomeOf(tried.value).outcome !== "host-unreachable")
        return possible(because, {
          ...remedy,
          missing: `that nobody on the link answers for ${to.ips.IPv6}: a dial from node ${node.name} itself that ends with "no route to host"`,
        });
      const other = notOverIPv4(subject, dial);
      return proven(`${because}; node ${node.name} itself asked for it in vain: no route to host`, {
        ...remedy,
        died: { how: "tuple", dial, by: [question(routes, atNode(node)), answer] },
        instead: [
          { lookalike: "a link that all pods share", by: [answer] },
          { lookalike: "route-to-peer-missing", by: [question(addresses, atNode(node))] },
          ...(other ? [other] : []),
        ],
      });
    }
    return excluded("no prefix on a link of the nodes covers pods of another node", looked);
  },
};

/** The kernel that finds no neighbour says so after three seconds, whatever the port. */
function fromNode({ name }: SceneNode, { ips }: ScenePod): DialArgs {
  return { at: { kind: "node", node: name }, family: "IPv6", host: ips.IPv6 ?? "", port: 9, seconds: 3.5 };
}

/** The interface address whose prefix holds the pod. */
function covering(found: readonly InterfaceAddress[], device: string, { ips }: ScenePod): InterfaceAddress | undefined {
  const address = parseAddress(ips.IPv6 ?? "");
  return found.find((one) => {
    const prefix = parsePrefix(`${one.address}/${one.length}`);
    return one.device === device && one.scope === "global" && prefix && address && contains(prefix, address);
  });
}
