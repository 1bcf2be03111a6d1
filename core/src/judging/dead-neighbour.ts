import { probe as counters } from "../probes/counters.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import type { Attempt } from "../probing/bundle.ts";
import { type Asking, type Question, question, tryAsk, type Vantage } from "../probing/probe.ts";
import { vantageOf } from "./dial-args.ts";
import { atPod } from "./failures.ts";
import type { Ground } from "./proof.ts";
import type { ScenePod } from "./scene.ts";
import { outcomeOf, type Symptom } from "./symptom.ts";

/**
 * A dial of an address on one's own link. Counters of solicitations are moved by whatever else is looked for; the kernel that finds this
 * neighbour not says so after three seconds, whatever the port.
 */
function neighbourDial(at: Vantage, address: string, device: string): Question<Attempt> {
  const host = /^fe[89ab]/i.test(address) ? `${address}%${device}` : address;
  return question(dialProbe, { at, family: "IPv6", host, port: 9, seconds: 3.5 });
}

/** That dial, if it ended so; undefined where somebody is there, or nobody could dial. */
export function* deadNeighbour(at: Vantage, address: string, device: string): Asking<Question<Attempt> | undefined> {
  const asked = neighbourDial(at, address, device);
  const answer = yield* tryAsk(asked.probe, asked.args);
  return answer.ok && outcomeOf(answer.value).outcome === "host-unreachable" ? asked : undefined;
}

/** That dial, if somebody who has the address answered it, be it by refusing. */
export function* livingNeighbour(at: Vantage, address: string, device: string): Asking<Question<Attempt> | undefined> {
  const asked = neighbourDial(at, address, device);
  const answer = yield* tryAsk(asked.probe, asked.args);
  return answer.ok && ["ok", "refused"].includes(outcomeOf(answer.value).outcome) ? asked : undefined;
}

/** A dead neighbour that is the next hop of a pod that dials: nobody but its own kernel told it that there is no route to the host, or a dial of that hop ends so. */
export function* deadNextHop(
  pod: ScenePod,
  { flow, outcome }: Symptom,
  hop: { readonly address: string; readonly device: string },
): Asking<readonly [Ground, ...Ground[]] | undefined> {
  const counted = yield* tryAsk(counters, atPod(pod));
  const isOwn = flow?.from === pod && !flow.again && outcome === "host-unreachable";
  // The kernel tells itself, by the same message: more of them came from others.
  const { Icmp6InDestUnreachs: told = 0, Icmp6OutDestUnreachs: itself = 0 } = counted.ok ? counted.value.moved : {};
  if (isOwn && counted.ok && told <= itself) return [question(counters, atPod(pod))];
  const dead = yield* deadNeighbour(vantageOf(pod), hop.address, hop.device);
  return dead && [dead];
}
