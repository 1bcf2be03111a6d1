import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { type Route, routeTo } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, question, tryAsk } from "../probing/probe.ts";
import { type Case, excluded, type Judgement, possible, proven } from "./cause.ts";
import { comesThrough, passesNode } from "./comes-through.ts";
import { dialsOverIPv6, notOverIPv4 } from "./compared.ts";
import { atNode, failedOnTheWay, podName } from "./failures.ts";
import { sessionBetween } from "./node-sessions.ts";
import type { Ground } from "./proof.ts";
import { lostTo } from "./same-fate.ts";
import type { Flow, SceneNode, ScenePod } from "./scene.ts";
import { uplinkIsOff } from "./uplink.ts";

/**
 * Whether a node on the way of a failed dial lacks a route to the pods of the other node: the source's on the way there, the
 * target's for the answers.
 */
export function* judgePeerRoute(subject: Case, way: "there" | "back"): Asking<Judgement> {
  const across = failedOnTheWay(subject).filter(({ flow }) => flow?.scope === "other-node" && flow.toPod?.ips.IPv6);
  if (across.length === 0)
    return excluded("no IPv6 dial to a pod of another node was lost on the way", dialsOverIPv6(subject, "other-node"));
  let doubtful = "";
  const looked: Ground[] = [];
  for (const dial of across) {
    const { flow } = dial;
    if (!flow?.toPod) continue;
    const [from, to] = way === "there" ? ([flow.from, flow.toPod] as const) : ([flow.toPod, flow.from] as const);
    const node = subject.scene.nodes.find(({ name }) => name === from.node);
    if (!node) continue;
    const peer = subject.scene.nodes.find(({ name }) => name === to.node);
    const table = yield* ask(routes, atNode(node));
    looked.push(question(routes, atNode(node)));
    if (leadsTo(table, to)) continue;
    const session = peer && (yield* sessionBetween(node, peer));
    if (session && "session" in session && !session.session.up)
      return excluded(
        `its session with ${session.session.peer} is ${session.session.state}: that is bgp-session-down`,
        [session.by],
      );
    const off = yield* uplinkIsOff(node);
    if (off) return excluded(`${off.because}: that is ipv6-disabled-on-interface`, off.by);
    const why = `node ${node.name} has no route to ${to.ips.IPv6} of ${podName(to)} on node ${to.node} but its default route`;
    const others = routesToOthers(subject, table, node, to.node);
    const back =
      others.length > 0 ? { seen: others[0], by: question(routes, atNode(node)) } : yield* wayBack(subject, to, from);
    const remedy = {
      fix: `Look at the CNI's agent on node ${node.name} (its log, its BGP or VXLAN peers) and restart it; in a cloud, complete the route table for the IPv6 pod range of node ${to.node}.`,
      confirm: `/proc/net/ipv6_route of node ${node.name} lists the IPv6 podCIDR of node ${to.node}.`,
      explains: lostWithoutRoute(subject, table, node, to),
    };
    const other = notOverIPv4(subject, dial);
    const passes = back && other ? yield* throughOthers(subject, flow, way) : undefined;
    if (passes?.by) {
      looked.push(passes.by);
      continue;
    }
    if (!back)
      doubtful ||= `${why}; nor has it one to any other node's pods, as on a cloud whose routers know the pods`;
    else if (!other)
      return possible(`${why}, while ${back.seen}`, { ...remedy, missing: "the same dial over IPv4 that works" });
    else if (passes?.unseen !== undefined)
      return possible(`${why}, while ${back.seen}`, { ...remedy, missing: passes.unseen });
    else
      return proven(`${why}, while ${back.seen}`, {
        ...remedy,
        died: { how: "tuple", dial, by: [question(routes, atNode(node))] },
        instead: [{ lookalike: "a cloud whose routers know the pods", by: [back.by] }, other],
      });
  }
  return doubtful
    ? possible(doubtful, { missing: "a router that was asked for its routes to pods" })
    : excluded("the nodes have routes to each other's pods, or their router has", looked);
}

/** A router may know the pods: then packets come through, and something else takes them. */
function* throughOthers(subject: Case, flow: Flow, way: "there" | "back") {
  const pods = yield* comesThrough(subject, flow, way);
  return pods.by || pods.unseen !== undefined ? pods : yield* passesNode(subject, flow, way);
}

/** Ids of what goes to the pods of another node, or is answered to a pod there, by a node that has no route to it. */
export function lostWithoutRoute(subject: Case, table: readonly Route[], node: SceneNode, to: ScenePod): string[] {
  return lostTo(subject, ({ from, toPod }) => {
    const [sender, pod] = from.node === node.name ? [from, toPod] : [toPod, from];
    return sender?.node === node.name && pod?.node === to.node && !pod.hostNetwork && !leadsTo(table, pod);
  });
}

/** Whether it has a route to a pod that is more than its default route. */
export function leadsTo(table: readonly Route[], pod: ScenePod): boolean {
  const address = parseAddress(pod.ips.IPv6 ?? "");
  const route = address ? routeTo(table, address) : undefined;
  return route !== undefined && route.destination !== "::/0";
}

/** That other nodes' pods have routes shows that this CNI works with routes on the node. */
function routesToOthers({ scene }: Case, table: readonly Route[], node: SceneNode, missing: string): string[] {
  return scene.allNodes
    .filter(({ name }) => name !== node.name && name !== missing)
    .flatMap(({ name, podCIDRs }) =>
      podCIDRs
        .filter((cidr) => cidr.includes(":") && covered(table, cidr, node))
        .map((cidr) => `it has one to ${cidr} of node ${name}`),
    );
}

/** A prefix of a device that also holds this node's own pods leads to no other node: it lies on a bridge of pods. */
function* wayBack({ scene }: Case, at: ScenePod, to: ScenePod) {
  const node = scene.nodes.find(({ name }) => name === at.node);
  const table = node ? yield* tryAsk(routes, atNode(node)) : undefined;
  const address = parseAddress(to.ips.IPv6 ?? "");
  if (!node || !table?.ok || !address || !leadsTo(table.value, to)) return undefined;
  const route = routeTo(table.value, address);
  const own = parseAddress(at.ips.IPv6 ?? "");
  const home = own ? routeTo(table.value, own) : undefined;
  if (!route || (!route.gateway && route.device === home?.device)) return undefined;
  return { seen: `node ${at.node} has one in the other direction`, by: question(routes, atNode(node)) as Ground };
}

function covered(table: readonly Route[], cidr: string, { podCIDRs }: SceneNode): boolean {
  const wanted = parsePrefix(cidr);
  const own = new Set(table.filter(({ destination }) => podCIDRs.includes(destination)).map(({ device }) => device));
  return table.some(({ destination, reject, gateway, device }) => {
    const prefix = parsePrefix(destination);
    if (reject || !prefix || !wanted || prefix.length === 0 || (!gateway && own.has(device))) return false;
    return contains(prefix, wanted) || contains(wanted, prefix);
  });
}
