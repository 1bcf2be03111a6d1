import { familyOf, parseAddress } from "../addresses/address.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";
import { type AskedInVain, askingAddress, nodeAsked, podAsked, sendsTo } from "./asked-in-vain.ts";
import type { Case } from "./cause.ts";
import { atPod, isAt, podName } from "./failures.ts";
import type { Neighbourly } from "./heard-neighbours.ts";
import { lostFrom, lostTo } from "./same-fate.ts";
import type { SceneNode, ScenePod } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/** Somebody who had to find a neighbour, or the dial gets no further. */
export interface NeighbourSearch extends AskedInVain {
  /** "pod default/a", "node n1" */
  readonly who: string;
  /** The node that has to hear the packet. */
  readonly hears: SceneNode;
  readonly packet: Neighbourly;
  readonly dial: Symptom;
  readonly explains: readonly string[];
  /** It was seen to be in vain; else that is looked for once a rule is found. */
  readonly vain: boolean;
  /** Who is looked for, where a dial of it shows whether anybody is found. */
  readonly wants?: { readonly pod: ScenePod; readonly address: string; readonly device: string };
}

/** What comes of it where nobody is found. */
const unfound = ["timeout", "host-unreachable"] as const;

/** A pod looks for its gateway, a node for the other node, and that one for its pod. */
export function searchesOf(subject: Case, lost: readonly Symptom[]): Asking<NeighbourSearch | undefined>[] {
  const { pods, nodes } = subject.scene;
  const nodeOf = (pod: ScenePod) => nodes.find(({ name }) => name === pod.node);
  const searches: Asking<NeighbourSearch | undefined>[] = [];
  const add = (search: Asking<NeighbourSearch | undefined>) => searches.push(search);
  const [first] = lost;
  const [own] = pods;
  const near = own && nodeOf(own);
  if (first && own && near) add(forGateway(subject, own, near, first));
  for (const dial of lost) {
    const to = dial.flow?.toPod;
    const far = to && nodeOf(to);
    if (!near || !to || !far || far === near) continue;
    add(forNode(subject, near, far, dial));
    if (to.hostNetwork) continue;
    add(forPod(subject, far, to, dial));
    add(forGateway(subject, to, far, dial));
  }
  return searches;
}

function* forGateway(
  subject: Case,
  pod: ScenePod,
  hears: SceneNode,
  dial: Symptom,
): Asking<NeighbourSearch | undefined> {
  const asked = yield* podAsked(pod);
  const [there, back] = [dial.flow?.host, dial.flow?.from.ips.IPv6];
  const table = yield* tryAsk(routes, atPod(pod));
  const address = parseAddress((dial.flow?.from === pod ? there : back) ?? "");
  const route = table.ok && address ? routeTo(table.value, address) : undefined;
  // What is on the pod's own link it asks for there, and not its node.
  if (!asked || (route && route.gateway === undefined)) return undefined;
  const gaveUpAlready = dial.outcome === "host-unreachable";
  // Where the kernel has not given up, the answer to a single one may be on its way.
  const times = asked.times >= (gaveUpAlready ? 1 : 2) ? asked.times : 0;
  const packet: Neighbourly = { type: "solicitation", from: pod.ips.IPv6 ?? "", to: "fe80::1" };
  const explains =
    dial.flow?.from === pod
      ? (yield* lostFrom(subject, pod, unfound)).map(({ id }) => id)
      : lostTo(subject, ({ toPod }) => toPod === pod, unfound);
  const wants = route?.gateway && { wants: { pod, address: route.gateway, device: route.device } };
  return { ...asked, times, who: podName(pod), hears, packet, dial, explains, vain: times > 0, ...wants };
}

function* forNode(subject: Case, near: SceneNode, far: SceneNode, dial: Symptom): Asking<NeighbourSearch | undefined> {
  const own = near.internalIPs.find((ip) => familyOf(ip) === "IPv6");
  const to = dial.flow && (yield* sendsTo(dial.flow, near, far, subject));
  if (!own || !to) return undefined;
  const source = yield* askingAddress(near, to);
  const packet: Neighbourly = { type: "solicitation", from: own, ...(source ? { source } : {}), to };
  const asked = yield* nodeAsked(subject, near, dial);
  const explains = lostTo(subject, (flow) => flow.toPod?.node === far.name || isAt(flow, far), unfound);
  return { ...asked, who: `node ${near.name}`, hears: far, packet, dial, explains, vain: false };
}

function* forPod(subject: Case, far: SceneNode, pod: ScenePod, dial: Symptom): Asking<NeighbourSearch | undefined> {
  const from = pod.ips.IPv6;
  if (!from) return undefined;
  const to = (yield* askingAddress(far, from)) ?? "fe80::1";
  const asked = yield* nodeAsked(subject, far, dial);
  const packet: Neighbourly = { type: "advertisement", from, to };
  const explains = lostTo(subject, ({ toPod }) => toPod === pod, unfound);
  return { ...asked, who: `node ${far.name}`, hears: far, packet, dial, explains, vain: false };
}
