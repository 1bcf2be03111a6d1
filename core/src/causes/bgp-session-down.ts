import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Cause, excluded, type Judgement, possible, proven, unknown } from "../judging/cause.ts";
import { cidrOf } from "../judging/cni-agents.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { atNode, failedOnTheWay, podName } from "../judging/failures.ts";
import { agentName } from "../judging/network-agents.ts";
import { sessionBetween } from "../judging/node-sessions.ts";
import { leadsTo, lostWithoutRoute } from "../judging/peer-route.ts";
import type { Ground } from "../judging/proof.ts";
import { probe as calicoPools } from "../probes/calico-pools.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "cluster",
  summary: "The BGP session over IPv6 between two nodes is down, so that neither learns the other's pods",
  why: "Calico's BIRD and kube-router tell each other of pod ranges over BGP, and over IPv6 in a session of its own: it takes TCP port 179 between the nodes' IPv6 addresses, a router id (which a node without IPv4 has to be given), and addresses that are really theirs. IPv4 has another session, and works.",
  source: "https://docs.tigera.io/calico/latest/networking/ipam/ipv6",
  looksLike: ["route-to-peer-missing", "return-route-missing", "next-hop-not-peer"], // the session is up, or there is none / the route is there
  code: "C06",

  *judge(subject) {
    const across = failedOnTheWay(subject).filter(({ flow }) => flow?.scope === "other-node" && flow.toPod?.ips.IPv6);
    if (across.length === 0)
      return excluded(
        "no IPv6 dial to a pod of another node was lost on the way",
        dialsOverIPv6(subject, "other-node"),
      );
    const looked: Ground[] = [];
    let silent: string | undefined;
    let routed: Judgement | undefined;
    for (const dial of across)
      for (const [pod, other] of [
        [dial.flow?.from, dial.flow?.toPod] as const,
        [dial.flow?.toPod, dial.flow?.from] as const,
      ]) {
        const [node, peer] = [pod?.node, other?.node].map((name) =>
          subject.scene.nodes.find((one) => one.name === name),
        );
        if (!pod || !other || !node || !peer) continue;
        const said = yield* sessionBetween(node, peer);
        if (!said) continue;
        if ("why" in said) {
          silent ??= said.why;
          continue;
        }
        looked.push(said.by);
        if (said.session.up) continue;
        const because = `${agentName(said.agent)} has its session with ${said.session.peer} of node ${peer.name} ${said.session.state}${said.session.info ? ` (${said.session.info})` : ""}`;
        const table = yield* ask(routes, atNode(node));
        const by = question(routes, atNode(node));
        const remedy = {
          fix: `Look why the session does not come up: TCP port 179 between the IPv6 addresses of ${node.name} and ${peer.name} (firewalls, security groups), the address each of them announces, and on nodes without IPv4 a router id (CALICO_ROUTER_ID=hash).`,
          confirm: `The agent on node ${node.name} says that the session with ${said.session.peer} is Established.`,
          explains: lostWithoutRoute(subject, table, node, other),
        };
        if (leadsTo(table, other)) {
          const missing = "a node whose route is gone with the session";
          routed ??= possible(`${because}; a route to ${other.ips.IPv6} is there all the same`, {
            ...remedy,
            explains: [dial.id],
            missing,
          });
          continue;
        }
        const other6 = other.ips.IPv6 ?? "";
        const felix = said.agent.id === "calico" ? yield* felixRoutes(other6) : undefined;
        if (felix !== undefined) {
          routed ??= possible(`${because}, and node ${node.name} has no route to ${other6}`, {
            ...remedy,
            missing: felix,
          });
          continue;
        }
        const twin = notOverIPv4(subject, dial);
        return proven(`${because}, and node ${node.name} has no route to ${other.ips.IPv6} of ${podName(other)}`, {
          ...remedy,
          died: { how: "tuple", dial, by: [by, said.by] },
          instead: [{ lookalike: "route-to-peer-missing", by: [said.by] }, ...(twin ? [twin] : [])],
        });
      }
    if (routed) return routed;
    if (looked.length > 0) return excluded("the BGP sessions between the nodes are up, by their agents' word", looked);
    return unknown(silent ?? "no agent that speaks BGP was seen on the nodes");
  },
};

/** Why the route to a pod need not come by BGP: what Calico encapsulates in VXLAN Felix routes by itself. */
function* felixRoutes(pod: string): Asking<string | undefined> {
  const pools = yield* tryAsk(calicoPools, {});
  if (!pools.ok) return `that its route comes by BGP: Calico's pools were not read: ${pools.refusal.message}`;
  const address = parseAddress(pod);
  const own = pools.value.find((pool) => {
    const range = parsePrefix(cidrOf(pool));
    return range && address && contains(range, address);
  });
  const { vxlanMode = "Never" } = own?.spec ?? {};
  return vxlanMode === "Never"
    ? undefined
    : `that its route comes by BGP: IPPool ${own?.metadata.name} has vxlanMode ${vxlanMode}, whose routes Felix makes itself`;
}
