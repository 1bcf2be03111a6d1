import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { podAsked } from "../judging/asked-in-vain.ts";
import { type Case, type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { neighboursAsked } from "../judging/crossing.ts";
import { deadNeighbour } from "../judging/dead-neighbour.ts";
import { atNode, atPod, failedOnTheWay, podName } from "../judging/failures.ts";
import type { Ground } from "../judging/proof.ts";
import type { ScenePod } from "../judging/scene.ts";
import { outcomeOf } from "../judging/symptom.ts";
import { byTableMain } from "../judging/table-in-force.ts";
import { dialsWith, type WayAcross, waysAcross } from "../judging/ways-across.ts";
import type { InterfaceAddress } from "../linux/if-inet6.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { type DialArgs, probe as dialProbe } from "../probes/dial.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, NotLooked, question, tryAsk, type Vantage } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "address",
  summary: "A prefix on a link of the node, or of the pod itself, covers pods that are not on that link",
  why: "An address with too short a prefix, or a pod range that overlaps the nodes' network, makes the kernel of a node, or of a pod, believe that pods of elsewhere stand on its own link. It asks for them there by neighbour discovery, nobody answers, and after three seconds the pod hears that the host is unreachable.",
  source: "https://www.rfc-editor.org/rfc/rfc4861#section-5.2",
  looksLike: ["route-to-peer-missing", "next-hop-not-peer"], // there the packet leaves towards a router / to a gateway that is none
  code: "I05",

  *judge(subject) {
    const ways = [...waysAcross(subject), ...(yield* waysApart(subject))];
    if (ways.length === 0)
      return excluded(
        "no IPv6 dial to a pod on another link was lost on the way",
        dialsOverIPv6(subject, "other-node", "same-node"),
      );
    const looked: Ground[] = [];
    let unread: string | undefined;
    for (const way of ways) {
      const { dial, from, to } = way;
      const address = parseAddress(to.ips.IPv6 ?? "");
      // The address of a node is where it should be on the nodes' own link.
      if (!address || to.hostNetwork) continue;
      for (const holder of holdersOf(subject, way)) {
        const { at, name } = holder;
        const table = yield* tryAsk(routes, { at });
        // What is in a pod is told by few; its node may tell enough.
        if (!table.ok && holder.isNode) throw new NotLooked(routes.asks({ at }), table.refusal);
        if (!table.ok) unread ??= table.refusal.message;
        if (!table.ok) continue;
        looked.push(question(routes, { at }));
        const route = routeTo(table.value, address);
        if (!route || route.gateway !== undefined || route.reject || route.destination.endsWith("/128")) continue;
        const own = covering(yield* ask(addresses, { at }), route.device, to);
        if (!own) continue;
        const because = `${holder.where} ${own.device} has ${own.address}/${own.length}, so the on-link route ${route.destination} takes ${to.ips.IPv6} of ${podName(to)}, which runs on node ${to.node}`;
        const remedy = {
          fix: holder.fix(own),
          confirm: `ip -6 route get ${to.ips.IPv6} of ${name} names a next hop.`,
          explains: holder.isNode ? dialsWith(to, ways) : dialsOf(from, ways),
        };
        if ((yield* holder.asked()) === 0)
          return possible(because, { ...remedy, missing: `that ${name} asks for the pod on its link` });
        // On a link that all pods share the pod answers, and others may be asked for.
        const answer = question(dialProbe, dialFrom(at, to));
        const tried = yield* tryAsk(dialProbe, answer.args as DialArgs);
        if (!tried.ok || outcomeOf(tried.value).outcome !== "host-unreachable")
          return possible(because, {
            ...remedy,
            missing: `that nobody on the link answers for ${to.ips.IPv6}: a dial from ${name} itself that ends with "no route to host"`,
          });
        const whole = holder.isNode ? yield* alone(subject, way, own) : { by: [answer] as const };
        if ("missing" in whole) return possible(because, { ...remedy, missing: whole.missing });
        const other = notOverIPv4(subject, dial);
        return proven(`${because}; ${name} itself asked for it in vain: no route to host`, {
          ...remedy,
          died: { how: "tuple", dial, by: [question(routes, { at }), answer] },
          instead: [
            { lookalike: "a link that all pods share", by: whole.by },
            { lookalike: "route-to-peer-missing", by: [question(addresses, { at })] },
            ...(other ? [other] : []),
          ],
        });
      }
    }
    return unread === undefined
      ? excluded("no prefix on a link of the nodes or the pods covers pods of another link", looked)
      : unknown(
          `no prefix on a link of the nodes covers pods of another node, and those of a pod were not read: ${unread}`,
        );
  },
};

/** The ways between pods of one node that has a link for each of them. */
function* waysApart(subject: Case): Asking<readonly WayAcross[]> {
  const ways: WayAcross[] = [];
  for (const dial of failedOnTheWay(subject)) {
    const { scope, from, toPod: to } = dial.flow ?? {};
    const node = subject.scene.nodes.find(({ name }) => name === from?.node);
    if (scope !== "same-node" || !from || !to || !node) continue;
    const table = yield* tryAsk(routes, atNode(node));
    const [one, other] = [from, to].map(({ ips }) => {
      const address = parseAddress(ips.IPv6 ?? "");
      return table.ok && address ? routeTo(table.value, address)?.device : undefined;
    });
    if (one && other && one !== other) ways.push({ dial, from, to }, { dial, from: to, to: from });
  }
  return ways;
}

function dialsOf(pod: ScenePod, ways: readonly WayAcross[]): string[] {
  return ways.filter(({ from }) => from === pod).map(({ dial }) => dial.id);
}

/** Who may take the pod for a neighbour: the pod that sends there, or its node. */
interface Holder {
  readonly at: Vantage;
  /** "node n1" */
  readonly name: string;
  /** "on node n1", "in pod default/a" */
  readonly where: string;
  readonly isNode: boolean;
  /** How often it asked for neighbours. */
  asked(): Asking<number>;
  fix(own: InterfaceAddress): string;
}

function holdersOf(subject: Case, { dial, from, to }: WayAcross): Holder[] {
  const node = subject.scene.nodes.find(({ name }) => name === from.node);
  const pod: Holder = {
    ...atPod(from),
    name: podName(from),
    where: `in ${podName(from)}`,
    isNode: false,
    *asked() {
      // What the pod that is dialled sends is asked of it afterwards, by a dial.
      if (from !== dial.flow?.from) return 1;
      return (yield* podAsked(from))?.times ?? 0;
    },
    fix: ({ device, length }) =>
      `Give ${device} of ${podName(from)} the prefix length of its own link, and not /${length}: look at the IPAM of its network plugin (the length of its range, host-local's subnet), then recreate the pod.`,
  };
  const ofNode: Holder | undefined =
    node && from.node !== to.node
      ? {
          ...atNode(node),
          name: `node ${node.name}`,
          where: `on node ${node.name}`,
          isNode: true,
          *asked() {
            return (yield* neighboursAsked(subject, node, dial)).asked;
          },
          fix: ({ device }) =>
            `Give ${device} of node ${node.name} the prefix length of its own pods (${node.podCIDRs.find((cidr) => cidr.includes(":")) ?? "its pod range"}), or use pod ranges outside the nodes' networks; then add the route to the pods of node ${to.node}.`,
        }
      : undefined;
  return [...(from.hostNetwork ? [] : [pod]), ...(ofNode ? [ofNode] : [])];
}

/** The kernel that finds no neighbour says so after three seconds, whatever the port. */
function dialFrom(at: Vantage, { ips }: ScenePod): DialArgs {
  return { at, family: "IPv6", host: ips.IPv6 ?? "", port: 9, seconds: 3.5 };
}

/**
 * That a link of the near node does not reach the other node, so that no pod there is on it, and that no rule takes what comes from
 * pods elsewhere. The pod that is looked for may just be gone.
 */
function* alone(
  { scene }: Case,
  { from, to }: WayAcross,
  own: InterfaceAddress,
): Asking<{ readonly by: readonly [Ground, ...Ground[]] } | { readonly missing: string }> {
  const [near, far] = [from, to].map(({ node }) => scene.nodes.find(({ name }) => name === node));
  const prefix = parsePrefix(`${own.address}/${own.length}`);
  const there = far && (yield* tryAsk(addresses, atNode(far)));
  const inside = (there?.ok ? there.value : []).find(({ address, scope }) => {
    const parsed = parseAddress(address);
    return scope === "global" && prefix && parsed && contains(prefix, parsed);
  });
  const dead = near && inside && (yield* deadNeighbour(atNode(near).at, inside.address, own.device));
  if (!near || !dead)
    return { missing: `that node ${to.node} is not on that link either, by an address of its own in that prefix` };
  const { doubt, by } = yield* byTableMain(near, from.ips.IPv6 ?? "", to.ips.IPv6 ?? "");
  return doubt === undefined ? { by: [dead, ...by] } : { missing: doubt };
}

/** The interface address whose prefix holds the pod. */
function covering(found: readonly InterfaceAddress[], device: string, { ips }: ScenePod): InterfaceAddress | undefined {
  const address = parseAddress(ips.IPv6 ?? "");
  return found.find((one) => {
    const prefix = parsePrefix(`${one.address}/${one.length}`);
    return one.device === device && one.scope === "global" && prefix && address && contains(prefix, address);
  });
}
