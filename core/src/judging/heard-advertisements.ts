import { hasDefault } from "../linux/ipv6-route.ts";
import { probe as forwarding } from "../probes/forwarding.ts";
import { probe as interfaceSysctls } from "../probes/interface-sysctls.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, type Question, question, tryAsk } from "../probing/probe.ts";
import { type Case, excluded, type Judgement, noticed, possible, proven, unknown } from "./cause.ts";
import { dialsOverIPv6 } from "./compared.ts";
import { fadingDefault } from "./fading-default.ts";
import { atNode, failedDials, nodeSysctl } from "./failures.ts";
import { heardOnUplink } from "./heard-on-uplink.ts";
import { goesByOthers, unreachableFromNode, withoutRoute } from "./outside.ts";
import type { Ground } from "./proof.ts";
import type { SceneNode } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/** A node that routers have told of themselves, and that has no IPv6 default route all the same. */
export interface Unheeded {
  readonly subject: Case;
  readonly node: SceneNode;
  readonly outside: readonly Symptom[];
  readonly uplink: string;
  /** accept_ra of the uplink, and of `all`. */
  readonly own: number | undefined;
  readonly all: number | undefined;
  /** The uplink's own setting, which may differ from that of `all`. */
  readonly forwards: number | undefined;
  /** `eth0 heard 36 router advertisements and the node has no default route` */
  readonly says: string;
  readonly seen: readonly [Ground, ...Ground[]];
}

/** The source's node, if what it hears of routers came to nothing; else why this is not so. */
export function* heardAdvertisements(subject: Case): Asking<Unheeded | Judgement> {
  const outside = failedDials(subject).filter(({ flow }) => flow?.scope === "outside");
  const [node] = subject.scene.nodes;
  if (outside.length === 0 || !node)
    return excluded("no IPv6 dial to the outside failed", dialsOverIPv6(subject, "outside"));
  const at = atNode(node);
  const table = yield* ask(routes, at);
  if (hasDefault(table)) return excluded(`node ${node.name} has an IPv6 default route`, [question(routes, at)]);
  const lost = withoutRoute(outside, table);
  const others = goesByOthers(node, lost, question(routes, at));
  if (others) return others;
  const { times: heard, uplink, otherwise, by } = yield* heardOnUplink(node);
  if (heard === 0) return excluded(`node ${node.name} has heard ${otherwise}`, by);
  if (!uplink) return unknown(`node ${node.name} has its InternalIP, or an advertised address, on no interface`);
  const settings = yield* ask(interfaceSysctls, at);
  return {
    subject,
    node,
    outside: lost,
    uplink,
    own: settings[uplink]?.accept_ra,
    all: settings.all?.accept_ra,
    forwards: settings[uplink]?.forwarding,
    says: `${uplink} heard ${heard} router advertisements and the node has no default route`,
    seen: [question(interfaceSysctls, at), ...by],
  };
}

/** What an advertisement that has come will not renew: nothing fails of it yet. `why` says what the node does instead. */
export function* fades(
  { scene }: Case,
  acceptRa: number,
  why: (device: string) => string,
): Asking<Judgement | undefined> {
  const [node] = scene.nodes;
  const fading = node ? yield* fadingDefault(node) : undefined;
  if (!node || fading?.acceptRa !== acceptRa) return undefined;
  return noticed(
    `node ${node.name} still has the default route it learned from a router advertisement${why(fading.device)} when its lifetime ends`,
    {
      fix: `${nodeSysctl(node.name, `net.ipv6.conf.${fading.device}.accept_ra`, 2)} Or configure a static default route.`,
      confirm: `The lifetime that \`ip -6 route\` shows for the default route of node ${node.name} begins anew with each advertisement.`,
    },
  );
}

/** The same, if it forwards and its uplink's accept_ra is 1: that takes advertisements from hosts alone. */
export function* deafAsRouter(subject: Case): Asking<Unheeded | Judgement> {
  const found = yield* heardAdvertisements(subject);
  if ("status" in found) return found;
  const { node, uplink, own, seen, says } = found;
  const forwards = question(forwarding, { node: node.name });
  if ((yield* ask(forwarding, { node: node.name })) !== 1)
    return excluded(`node ${node.name} does not forward, so it takes what routers advertise`, [forwards]);
  if (found.forwards === 0)
    return excluded(
      `${uplink} of node ${node.name} does not forward by itself, so it takes what routers advertise`,
      seen,
    );
  if (own !== 1) return excluded(`accept_ra of ${uplink} is ${own}`, seen);
  const because = `node ${node.name} forwards, accept_ra of ${uplink} is 1, ${says}`;
  return { ...found, says: because, seen: [...seen, forwards] };
}

/** Proven where the node itself is told that there is no way to what was dialled. */
export function* routeNotLearned(
  { subject, node, outside, uplink, seen }: Unheeded,
  because: string,
): Asking<Judgement> {
  const remedy = {
    fix: `${nodeSysctl(node.name, `net.ipv6.conf.${uplink}.accept_ra`, 2)} Or configure a static default route; with systemd-networkd use IPv6AcceptRA=yes instead.`,
    confirm: `After the next advertisement /proc/net/ipv6_route of node ${node.name} has a ::/0 entry; where none comes any more (Icmp6InType134 in /proc/net/dev_snmp6/${uplink}), the router has fallen silent as well.`,
    explains: outside.map(({ id }) => id),
  };
  const died = yield* unreachableFromNode(subject, outside, node);
  if (!died)
    return possible(because, { ...remedy, missing: `a dial from node ${node.name} that fails for want of a route` });
  const offered = yield* offeredToOthers(subject, node);
  if (!offered)
    return possible(because, {
      ...remedy,
      missing: `that the router offers itself as a default one, as another node that took its word would show: an advertisement with a lifetime of 0 gives no route (rdisc6 ${uplink})`,
    });
  return proven(`${because}; node ${offered.name} has one from its router's word`, {
    ...remedy,
    died,
    instead: [
      { lookalike: "node-without-default-route", by: seen },
      { lookalike: "a router that is no default router", by: [offered.by] },
    ],
  });
}

/** More nodes than these say the same. */
const mostNodes = 3;

/** Another node that has its default route from an advertisement. */
function* offeredToOthers(
  { scene }: Case,
  node: SceneNode,
): Asking<{ readonly name: string; readonly by: Question } | undefined> {
  for (const other of scene.allNodes.filter(({ name }) => name !== node.name).slice(0, mostNodes)) {
    const table = yield* tryAsk(routes, atNode(other));
    const learned = table.ok && table.value.some((one) => one.destination === "::/0" && one.advertised && !one.reject);
    if (learned) return { name: other.name, by: question(routes, atNode(other)) };
  }
  return undefined;
}
