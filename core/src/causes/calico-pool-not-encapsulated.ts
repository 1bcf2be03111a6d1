import { contains, familyOf, parseAddress, parsePrefix } from "../addresses/address.ts";
import { lostBetweenNodes } from "../judging/between-nodes.ts";
import { type Case, type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { calicoSets, daemonSetNamed } from "../judging/cni-agents.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { crossingOf, watchCrossing } from "../judging/crossing.ts";
import { atNode, failedOnTheWay, leavesThePod } from "../judging/failures.ts";
import { isPodOn, lostTo } from "../judging/same-fate.ts";
import type { Flow } from "../judging/scene.ts";
import { outcomeOf } from "../judging/symptom.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as calicoPools } from "../probes/calico-pools.ts";
import { probe as daemonSets } from "../probes/daemon-sets.ts";
import { probe as policies } from "../probes/policies.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, type Question, question, tryAsk } from "../probing/probe.ts";

const peersKind = { apiVersion: "crd.projectcalico.org/v1", resource: "bgppeers", kind: "BGPPeer" };

export const cause: Cause = {
  layer: "cluster",
  summary: "Calico's IPv6 pool is not encapsulated, and a router without its routes is between the nodes",
  why: "Without vxlanMode a pod's packet goes out as it is. IPIP, the default for IPv4, carries no IPv6, so that IPv4 crosses between subnets and IPv6 does not. A router between the nodes has to learn the pods' routes by BGP, or drops the packet.",
  source: "https://docs.tigera.io/calico/latest/networking/configuring/vxlan-ipip",
  looksLike: ["next-hop-not-peer", "overlay-port-blocked"], // on one link the next hop should be the node / it is encapsulated there
  code: "C04",

  *judge(subject) {
    const [dial] = failedOnTheWay(subject).filter(({ flow }) => flow?.scope === "other-node" && flow.toPod?.ips.IPv6);
    const pod = dial?.flow?.toPod;
    if (!dial?.flow || !pod)
      return excluded(
        "no IPv6 dial to a pod of another node was lost on the way",
        dialsOverIPv6(subject, "other-node"),
      );
    if (!(yield* daemonSetNamed(calicoSets)))
      return excluded("no DaemonSet of Calico was found", [question(daemonSets, {})]);
    const address = parseAddress(pod.ips.IPv6 ?? "");
    const pools = yield* ask(calicoPools, {});
    const pool = pools.find(({ spec }) => {
      const range = parsePrefix(String(spec?.cidr ?? ""));
      return range && address && contains(range, address);
    });
    const listed = question(calicoPools, {});
    const { vxlanMode = "Never", ipipMode = "Never", cidr } = pool?.spec ?? {};
    if (!pool || vxlanMode !== "Never")
      return excluded(pool ? `IPPool ${pool.metadata.name} has vxlanMode ${vxlanMode}` : "the pod is of no IPPool", [
        listed,
      ]);
    const [near, far] = [dial.flow.from.node, pod.node].map((name) =>
      subject.scene.nodes.find((node) => node.name === name),
    );
    const own = parseAddress(far?.internalIPs.find((ip) => familyOf(ip) === "IPv6") ?? "");
    if (!near || !far || !own) return unknown("the IPv6 addresses of the nodes are not known");
    const table = yield* ask(routes, atNode(near));
    const seen = question(routes, atNode(near));
    const between = routeTo(table, own)?.gateway;
    if (between === undefined) return excluded(`node ${far.name} is on a link of node ${near.name}`, [seen]);
    const because = `IPPool ${pool.metadata.name} (${cidr}) has vxlanMode ${vxlanMode} and ipipMode ${ipipMode}, and between node ${near.name} and node ${far.name} is the router ${between}`;
    const remedy = {
      fix: `kubectl patch ippool.crd.projectcalico.org ${pool.metadata.name} --type merge -p '{"spec":{"vxlanMode":"CrossSubnet","ipipMode":"Never"}}' - pods keep their addresses; or let the routers learn the pods' routes by BGP.`,
      mend: { mend: "pool-encapsulated", name: pool.metadata.name },
      confirm: `ip -6 route get ${pod.ips.IPv6} on node ${near.name} names vxlan-v6.calico.`,
      explains: lostTo(subject, ({ from, toPod }) => from.node === near.name && isPodOn(toPod, far)),
    };
    const peers = yield* tryAsk(policies, peersKind);
    const other = notOverIPv4(subject, dial);
    if (!peers.ok || peers.value.length > 0 || !other)
      return possible(because, {
        ...remedy,
        missing: !other
          ? "the same dial over IPv4 that works"
          : peers.ok
            ? `that the routers do not learn the pods' routes: ${peers.value.length} BGPPeers are configured`
            : "whether routers are BGP peers",
      });
    // A router that has static routes to the pods passes them on; that it does not is said by itself, or by who gets nothing.
    const says = dial.outcome === "network-unreachable" ? dial.text : undefined;
    const lost = says ? undefined : yield* lostBetweenNodes(subject, false, "left, not arrived");
    // To a pod it cannot say so; to the node it can.
    const told = lost && "status" in lost ? yield* toldNode(subject, dial.flow) : undefined;
    if (lost && "status" in lost && !told)
      return possible(`${because}, which is no BGP peer`, {
        ...remedy,
        missing: `that the packet left node ${near.name} and never came to node ${far.name}, or a router's word that it has no route`,
      });
    const left = lost && !("status" in lost) ? lost : undefined;
    const how = says ? `it answers "${says}"` : told ? `it answers node ${near.name} "${told.text}"` : (left?.by ?? "");
    return proven(`${because}, which is no BGP peer; ${how}`, {
      ...remedy,
      died: { how: "tuple", dial, by: [listed, seen, ...(told ? [told.by] : (left?.seen ?? []))] },
      instead: [{ lookalike: "a router that knows the pods", by: [question(policies, peersKind)] }, other],
    });
  },
};

/** What a router on the way says when the node itself dials the pod; undefined where it says nothing of routes. */
function* toldNode(subject: Case, flow: Flow): Asking<{ text: string; by: Question } | undefined> {
  const crossing = crossingOf(subject.scene, flow, subject.patience);
  const asked = crossing?.questions.direct;
  if (!crossing || !asked) return undefined;
  const { direct } = yield* watchCrossing(crossing);
  if (!direct?.ok || outcomeOf(direct.value).outcome !== "network-unreachable") return undefined;
  return direct.value.ms < leavesThePod ? undefined : { text: direct.value.text, by: asked };
}
