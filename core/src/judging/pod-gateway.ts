import { parseAddress } from "../addresses/address.ts";
import type { Neighbour } from "../linux/ip-neigh.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as neighbours } from "../probes/neighbours.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, question, tryAsk } from "../probing/probe.ts";
import { deadNeighbour, deadNextHop, livingNeighbour } from "./dead-neighbour.ts";
import { vantageOf } from "./dial-args.ts";
import { atPod } from "./failures.ts";
import type { Ground } from "./proof.ts";
import type { ScenePod } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/** The gateway that a pod sends a lost dial to, and what came of asking for it while we dialled. */
export interface PodGateway {
  readonly dial: Symptom;
  readonly gateway: string;
  readonly device: string;
  readonly linkLocal: boolean;
  /** Neighbour solicitations that the pod sent, and advertisements that it got, for whomever. */
  readonly asked: number;
  readonly answered: number;
  /** What it was read from. */
  readonly by: readonly [Ground, ...Ground[]];
}

/** Of the first dial that goes to a gateway at all: what is on the pod's own link does not. */
export function* podGateway(pod: ScenePod, lost: readonly Symptom[]): Asking<PodGateway | undefined> {
  const table = yield* ask(routes, atPod(pod));
  for (const dial of lost) {
    const address = parseAddress(dial.flow?.host ?? "");
    const route = address && dial.flow?.from === pod ? routeTo(table, address) : undefined;
    if (!route?.gateway || route.reject) continue;
    const { gateway, device } = route;
    const { moved } = yield* ask(counters, atPod(pod));
    const by = [question(counters, atPod(pod)), question(routes, atPod(pod))] as const;
    const { Icmp6OutNeighborSolicits: asked = 0, Icmp6InNeighborAdvertisements: answered = 0 } = moved;
    return { dial, gateway, device, linkLocal: /^fe[89ab]/i.test(gateway), asked, answered, by };
  }
  return undefined;
}

/** That the pod finds nobody who has the address of its gateway. Where anybody answered it, only a dial of the gateway itself tells. */
export function* gatewayIsDead(
  pod: ScenePod,
  { dial, gateway, device, answered }: PodGateway,
): Asking<readonly [Ground, ...Ground[]] | undefined> {
  if (answered === 0) return yield* deadNextHop(pod, dial, { address: gateway, device });
  const dead = yield* deadNeighbour(vantageOf(pod), gateway, device);
  return dead && [dead];
}

/** That somebody has it: he answers a dial, or, where that is dropped, the pod's kernel has just heard from him who he is. */
export function* gatewayAnswers(pod: ScenePod, { gateway, device }: PodGateway): Asking<Ground | undefined> {
  const dialled = yield* livingNeighbour(vantageOf(pod), gateway, device);
  if (dialled) return dialled;
  const known = question(neighbours, { at: vantageOf(pod) });
  const found = yield* tryAsk(known.probe, known.args);
  const isHeard = ({ address, hardware, states, ...on }: Neighbour) =>
    address === gateway && on.device === device && hardware !== undefined && states.includes("REACHABLE");
  return found.ok && found.value.some(isHeard) ? known : undefined;
}
