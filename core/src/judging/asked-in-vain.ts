import { familyOf, parseAddress } from "../addresses/address.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { crossingOf, neighboursAsked, watchCrossing } from "./crossing.ts";
import { atNode, atPod } from "./failures.ts";
import { leavingBy } from "./leaving.ts";
import type { Ground } from "./proof.ts";
import type { Flow, SceneNode, ScenePod } from "./scene.ts";
import { outcomeOf, type Symptom } from "./symptom.ts";

/** How often somebody asked for a neighbour while we dialled. */
export interface AskedInVain {
  readonly times: number;
  readonly seen: readonly Ground[];
}

/** Of a pod: 0 where it was answered, or had nobody to ask for. undefined: nobody could look. */
export function* podAsked(pod: ScenePod): Asking<AskedInVain | undefined> {
  const counted = yield* tryAsk(counters, atPod(pod));
  if (!counted.ok) return undefined;
  const { Icmp6OutNeighborSolicits: asked = 0, Icmp6InNeighborAdvertisements: answered = 0 } = counted.value.moved;
  return { times: answered > 0 ? 0 : asked, seen: [question(counters, atPod(pod))] };
}

/** Of a node, which asks for others too: whether it was answered is told by `gaveUp`. */
export function* nodeAsked(subject: Case, node: SceneNode, dial: Symptom): Asking<AskedInVain> {
  const counted = yield* tryAsk(counters, atNode(node));
  const times = counted.ok ? (counted.value.moved.Icmp6OutNeighborSolicits ?? 0) : 0;
  const own = question(counters, atNode(node));
  if (times > 0 || dial.outcome !== "host-unreachable") return { times, seen: [own] };
  const { asked, by } = yield* neighboursAsked(subject, node, dial);
  return { times: asked, seen: [asked > 0 ? by : own] };
}

/** By what a kernel was seen to give up on a neighbour: the dial itself, or one of those made while it was watched. */
export function* gaveUp({ scene, patience }: Case, dial: Symptom): Asking<Ground | undefined> {
  if (dial.outcome === "host-unreachable") return dial;
  const crossing = dial.flow && crossingOf(scene, dial.flow, patience);
  if (!crossing) return undefined;
  const crossed = yield* watchCrossing(crossing);
  for (const which of ["again", "control", "direct"] as const) {
    const answer = crossed[which];
    if (answer?.ok && outcomeOf(answer.value).outcome === "host-unreachable") return crossing.questions[which];
  }
  return undefined;
}

/** Whether a node sends what is for the flow's pod to the other node itself, by the address that is listed, or wrapped up for it. */
export function* sendsTo(flow: Flow, near: SceneNode, far: SceneNode, subject: Case): Asking<string | undefined> {
  const own = far.internalIPs.find((ip) => familyOf(ip) === "IPv6");
  const table = yield* tryAsk(routes, atNode(near));
  const address = parseAddress(flow.host ?? "");
  const route = table.ok && address ? routeTo(table.value, address) : undefined;
  const crossing = crossingOf(subject.scene, flow, subject.patience);
  if (!own || !route || !crossing) return undefined;
  const wrapped = leavingBy(crossing, table)?.tunnel !== undefined;
  return wrapped || route.gateway === own ? own : undefined;
}

/** The link-local address by which a node asks for what it does not send itself. */
export function* askingAddress(node: SceneNode, towards: string): Asking<string | undefined> {
  const [table, found] = [yield* tryAsk(routes, atNode(node)), yield* tryAsk(addresses, atNode(node))];
  const address = parseAddress(towards);
  const device = table.ok && address ? routeTo(table.value, address)?.device : undefined;
  return found.ok ? found.value.find((one) => one.scope === "link" && one.device === device)?.address : undefined;
}
