import { parseAddress } from "../addresses/address.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { deadNeighbour } from "../judging/dead-neighbour.ts";
import { atNode, failedOnTheWay, podName } from "../judging/failures.ts";
import { type PodLink, podLink } from "../judging/pod-link.ts";
import type { Ground } from "../judging/proof.ts";
import { lostTo } from "../judging/same-fate.ts";
import type { Flow, SceneNode, ScenePod } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { byTableMain } from "../judging/table-in-force.ts";
import { type Route, routeTo } from "../linux/ipv6-route.ts";
import { probe as devices } from "../probes/devices.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "route",
  summary: "A node's route for a single pod leads to the link of another pod",
  why: "Routed CNIs give each of their pods a route of its own. Where an agent was away when a pod went, its route stays; once the address is given out again, on another node or to another pod, the old node goes on sending to the old link. A route for one address beats that of a whole block.",
  source: "https://docs.tigera.io/calico/latest/reference/architecture/data-path",
  looksLike: ["pod-range-on-link", "next-hop-not-peer", "local-pod-route-missing"], // a whole prefix on a link / by a next hop / no route for the pod
  code: "R10",

  *judge(subject) {
    const lost = failedOnTheWay(subject).filter(({ flow }) => flow?.toPod?.ips.IPv6);
    if (lost.length === 0) return excluded("no IPv6 dial to a pod was lost on the way", dialsOverIPv6(subject));
    const looked: Ground[] = [];
    let unread: string | undefined;
    for (const { dial, from, to, node } of ways(subject.scene.nodes, lost)) {
      const address = parseAddress(to.ips.IPv6 ?? "");
      if (!address || to.hostNetwork) continue;
      const table = yield* ask(routes, atNode(node));
      const by = question(routes, atNode(node));
      looked.push(by);
      const route = routeTo(table, address);
      if (!route || !isForOne(route) || route.device === "lo") continue;
      const other = table.find((one) => one !== route && isForOne(one) && one.device === route.device);
      if (to.node === node.name && !other) continue;
      const elsewhere = yield* notItsOwn(to, node, route.device);
      if (elsewhere === "unread")
        unread ??= `whether ${route.device} of node ${node.name} is the link of ${podName(to)}`;
      if (elsewhere === "unread" || !elsewhere) continue;
      const because = `node ${node.name} sends what is for ${to.ips.IPv6} of ${podName(to)}${to.node === node.name ? "" : `, which runs on node ${to.node},`} to its own ${route.device}${other ? `, as what is for ${other.destination}` : ""}`;
      const remedy = {
        fix: `Restart the CNI's agent on node ${node.name}, which sets the routes of its pods anew. If the route stays: ip -6 route del ${route.destination} dev ${route.device}.`,
        confirm: `ip -6 route get ${to.ips.IPv6} on node ${node.name} no longer names ${route.device}.`,
        explains: lostTo(subject, (flow) => [flow.from, flow.toPod].includes(to) && passes(flow, node)),
      };
      const pair = yield* isPair(node, route.device);
      if (!other || !pair)
        return possible(because, {
          ...remedy,
          missing: `that ${route.device} is the link of another pod of that node`,
        });
      const dead = yield* deadNeighbour(atNode(node).at, to.ips.IPv6 ?? "", route.device);
      if (!dead)
        return possible(because, { ...remedy, missing: `that nobody on ${route.device} answers for ${to.ips.IPv6}` });
      const { doubt, by: rules } = yield* byTableMain(node, from.ips.IPv6 ?? "", to.ips.IPv6 ?? "");
      if (doubt !== undefined) return possible(because, { ...remedy, missing: doubt });
      const twin = notOverIPv4(subject, dial);
      return proven(`${because}, and asked there for it in vain: no route to host`, {
        ...remedy,
        died: { how: "tuple", dial, by: [by, dead] },
        instead: [
          { lookalike: "pod-link-down", by: [...elsewhere, pair] },
          { lookalike: "a route of another table", by: [dead, ...rules] },
          ...(twin ? [twin] : []),
        ],
      });
    }
    return unread === undefined
      ? excluded("the nodes send what is for these pods to no link of another pod", looked)
      : unknown(`it was not seen ${unread}`);
  },
};

interface Way {
  readonly dial: Symptom;
  readonly from: ScenePod;
  readonly to: ScenePod;
  readonly node: SceneNode;
}

/** Both directions of each lost dial, with the nodes at its ends. */
function ways(nodes: readonly SceneNode[], lost: readonly Symptom[]): Way[] {
  return lost.flatMap((dial) => {
    const { from, toPod } = dial.flow ?? {};
    if (!from || !toPod) return [];
    const ends = nodes.filter(({ name }) => name === from.node || name === toPod.node);
    return ends.flatMap((node) => [
      { dial, from, to: toPod, node },
      { dial, from: toPod, to: from, node },
    ]);
  });
}

/** A route for a single address on a link. */
function isForOne({ destination, gateway, reject }: Route): boolean {
  return destination.endsWith("/128") && gateway === undefined && !reject;
}

/** By what it is seen that a device of a node is not the link of a pod; undefined if it is. */
function* notItsOwn(pod: ScenePod, node: SceneNode, device: string): Asking<PodLink["by"] | "unread" | undefined> {
  if (pod.node !== node.name) return [pod];
  const link = yield* podLink(pod, node);
  if (!link) return "unread";
  return link.device === device ? undefined : link.by;
}

/** That a device is one end of a pair, as the link of a single pod is, and no bridge that many are on. */
function* isPair(node: SceneNode, device: string): Asking<Ground | undefined> {
  const all = yield* tryAsk(devices, atNode(node));
  const found = all.ok ? all.value[device] : undefined;
  return found?.peer !== undefined && found.peer !== found.index ? question(devices, atNode(node)) : undefined;
}

/** A dial from pod to pod, of which one is on the node. */
function passes({ from, toPod }: Flow, { name }: SceneNode): boolean {
  return toPod !== undefined && [from.node, toPod.node].includes(name);
}
