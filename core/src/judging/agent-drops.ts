import { formatAddress, parseAddress, solicitedNode } from "../addresses/address.ts";
import type { CiliumDrop } from "../agents/cilium-drops.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { type AgentDrops, probe as agentDrops, droppedPacket } from "../probes/agent-drops.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, type Question, question, tryAsk, tryAskAll } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { dialArgs } from "./dial-args.ts";
import { atPod, failedDials } from "./failures.ts";
import { agentName, agentOn, type NetworkAgent } from "./network-agents.ts";
import type { Flow } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/** A packet of ours that Cilium dropped. */
export interface OurDrop {
  readonly drop: CiliumDrop;
  readonly by: Question;
  readonly agent: NetworkAgent;
  /** "Cilium (kube-system/cilium-x7k2p) on node n1 dropped fd00::1 -> [fd00::2]:80 tcp SYN: Policy denied" */
  readonly says: string;
}

/** One failed dial, made once more while Cilium on the nodes it passes was listened to. */
export interface WatchedDial {
  readonly dial: Symptom;
  readonly flow: Flow;
  /** Who the pod hands the packet to. */
  readonly gateway?: string;
  readonly drops: readonly OurDrop[];
  /** The looks that were answered. */
  readonly looked: readonly Question[];
  /** Why what it drops is not known, or not wholly. */
  readonly unheard?: string;
}

/**
 * Listens to Cilium while a failed dial is made once more: one stands for all, since a program in each agent's container and seconds
 * of waiting are its cost. undefined where the nodes have no Cilium.
 */
export function* watchedDrops(subject: Case): Asking<WatchedDial | undefined> {
  const lost = failedDials(subject, "timeout", "host-unreachable", "network-unreachable", "denied", "refused");
  const dial = lost.find(({ flow }) => flow?.host !== undefined);
  const { flow } = dial ?? {};
  if (!dial || !flow?.host) return undefined;
  const nodes = [flow.from.node, flow.toPod?.node].filter((name) => name !== undefined);
  const agents: NetworkAgent[] = [];
  for (const name of new Set(nodes)) {
    const agent = yield* agentOn({ name });
    if (agent?.id === "cilium") agents.push(agent);
  }
  if (agents.length === 0) return undefined;
  const gateway = yield* gatewayOf(flow);
  const looks = agents.map((agent) => listeningTo(agent, flow, gateway, subject.patience));
  const { haste: _haste, again: _again, ...patient } = dialArgs(flow, subject.patience);
  const again = question(dialProbe, { ...patient, together: togetherWith(flow) });
  const answers = yield* tryAskAll<unknown>([...looks, again]);
  const repeated = answers.at(-1);
  const drops: OurDrop[] = [];
  const looked: Question[] = [];
  let unheard: string | undefined = repeated?.ok ? undefined : "the dial was not made once more";
  const ways = yield* tryAsk(routes, atPod(flow.from));
  if (!ways.ok) unheard ??= `whom the pod asks for first is not known: ${ways.refusal.message}`;
  for (const [index, by] of looks.entries()) {
    const answer = answers[index] as { ok: true; value: AgentDrops } | { ok: false; refusal: { message: string } };
    const agent = agents[index] as NetworkAgent;
    if (!answer.ok) unheard ??= `${agentName(agent)} could not be listened to: ${answer.refusal.message}`;
    else {
      looked.push(by);
      if (answer.value.partly) unheard ??= `not all that ${agentName(agent)} dropped was understood`;
      drops.push(...answer.value.drops.map((drop) => ({ ...dropBy(agent, drop), agent, by })));
    }
  }
  return { dial, flow, ...(gateway ? { gateway } : {}), drops, looked, ...(unheard === undefined ? {} : { unheard }) };
}

export function listeningTo(
  { node, namespace, pod, container }: NetworkAgent,
  flow: Flow,
  gateway: string | undefined,
  patience: number,
): Question<AgentDrops> {
  const of = [flow.from.ips.IPv6, flow.host, flow.toPod?.ips.IPv6, gateway].filter((one) => one !== undefined);
  const together = togetherWith(flow);
  return question(agentDrops, {
    ...{ node, namespace, pod, container },
    ...{ of: [...new Set(of)], seconds: patience + 2, together },
  });
}

export function dropBy(agent: NetworkAgent, drop: CiliumDrop): Pick<OurDrop, "drop" | "says"> {
  return { drop, says: `${agentName(agent)} dropped ${droppedPacket(drop)}: ${drop.reason}` };
}

function togetherWith({ id }: Flow): string {
  return `agents ${id}`;
}

function* gatewayOf(flow: Flow): Asking<string | undefined> {
  const table = yield* tryAsk(routes, atPod(flow.from));
  const host = parseAddress(flow.host ?? "");
  return table.ok && host ? routeTo(table.value, host)?.gateway : undefined;
}

type ToldDrop = Pick<OurDrop, "drop" | "says">;
type Told<D> = Pick<WatchedDial, "flow" | "gateway"> & { readonly drops: readonly D[] };

/** Of the connection itself: from the pod to what it dialled, or the answer. */
export function ofConnection<D extends ToldDrop>({ drops, flow }: Told<D>): D[] {
  const { from, host, port, toPod } = flow;
  const there = [host, toPod?.ips.IPv6];
  return drops.filter(({ drop: { source, destination, sourcePort, destinationPort, what } }) => {
    if (!/^tcp\b/i.test(what)) return false;
    if (source === from.ips.IPv6)
      return there.includes(destination) && (destination !== host || destinationPort === port);
    return destination === from.ips.IPv6 && there.includes(source) && (source !== host || sourcePort === port);
  });
}

/**
 * Solicitations for who the connection needs, and their answers. One from :: only asks whether an address is free, and for the gateway
 * every pod of the node asks.
 */
export function ofNeighbours<D extends ToldDrop>({ drops, flow, gateway }: Told<D>): D[] {
  const { from, host, toPod } = flow;
  const own = from.ips.IPv6;
  const ends = [own, host, toPod?.ips.IPv6];
  return drops.filter(({ drop: { source, destination, what } }) => {
    if (/^NeighborAdvertisement\b/.test(what)) return ends.includes(source) || destination === own;
    if (source === "::" || !/^NeighborSolicitation\b/.test(what)) return false;
    return ends.some((end) => isFor(destination, end)) || (source === own && isFor(destination, gateway));
  });
}

function isFor(destination: string, address: string | undefined): boolean {
  const wanted = parseAddress(address ?? "");
  return wanted !== undefined && (destination === address || destination === formatAddress(solicitedNode(wanted)));
}

/** The watched dial, with what of it Cilium dropped for a policy's sake. */
export function* droppedByPolicy(
  subject: Case,
): Asking<{ readonly watched: WatchedDial; readonly drop?: OurDrop } | undefined> {
  const watched = yield* watchedDrops(subject);
  if (!watched) return undefined;
  const drop = ofConnection(watched).find((one) => byPolicy.test(one.drop.reason));
  return { watched, ...(drop ? { drop } : {}) };
}

/** That a policy of Cilium's denied it, in the words of any of its versions. */
export const byPolicy = /^Policy denied|^Denied by policy|^Policy deny|^Authentication required/i;
