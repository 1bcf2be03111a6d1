import { probe as counters } from "../probes/counters.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, ask, question } from "../probing/probe.ts";
import { atPod } from "./failures.ts";
import type { Ground } from "./proof.ts";
import type { ScenePod } from "./scene.ts";

/** The gateway of a pod's IPv6 default route, and what came of asking for it while we dialled. */
export interface PodGateway {
  readonly gateway: string;
  readonly linkLocal: boolean;
  /** Neighbour solicitations that the pod sent, and advertisements that it got. */
  readonly asked: number;
  readonly answered: number;
  /** What it was read from. */
  readonly by: readonly [Ground, ...Ground[]];
}

export function* podGateway(pod: ScenePod): Asking<PodGateway | undefined> {
  const table = yield* ask(routes, atPod(pod));
  const gateway = table.find(({ destination, reject }) => destination === "::/0" && !reject)?.gateway;
  if (gateway === undefined) return undefined;
  const { moved } = yield* ask(counters, atPod(pod));
  const by = [question(counters, atPod(pod)), question(routes, atPod(pod))] as const;
  const { Icmp6OutNeighborSolicits: asked = 0, Icmp6InNeighborAdvertisements: answered = 0 } = moved;
  return { gateway, linkLocal: /^fe[89ab]/i.test(gateway), asked, answered, by };
}
