import type { NftPacket } from "../linux/nft-match.ts";
import type { NftStop } from "../linux/nft-walk.ts";
import { probe as ip6tables } from "../probes/ip6tables.ts";
import { type NftFateArgs, probe as nftFate } from "../probes/nft-fate.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import { rulesSee } from "./bridged.ts";
import type { Case } from "./cause.ts";
import { atNode, isOnWay, wayThrough } from "./failures.ts";
import { passingOn } from "./passing.ts";
import type { Ground } from "./proof.ts";
import type { SceneNode } from "./scene.ts";
import { otherSources, sentElsewhere, sourceSeen } from "./seen-source.ts";
import type { Symptom } from "./symptom.ts";

/** What nftables of one node does to what we dialled. */
export interface NftStopped {
  readonly stop?: NftStop & {
    /** It depends on nothing that is not known. */
    readonly sure: boolean;
    /** "what is dialled", "the answer" */
    readonly what: string;
    readonly symptoms: readonly [Symptom, ...Symptom[]];
    readonly by: readonly [Ground, ...Ground[]];
  };
  /** A rule may keep what is dialled out of connection tracking. */
  readonly untracked?: true;
  /** Why the rules could not be read. */
  readonly unreadable?: string;
  readonly looked: readonly Ground[];
}

/** Sends the first packets of failed dials, and of their answers, through the nftables rules of a node. */
export function* nftStopsOn(subject: Case, node: SceneNode, lost: readonly Symptom[]): Asking<NftStopped> {
  const { failures } = subject;
  const dialled: Symptom[] = [];
  const open = new Set<Symptom>();
  for (const symptom of lost) {
    const { flow } = symptom;
    if (flow?.host === undefined || flow.scope === "service" || dialled.length === mostDials) continue;
    if (!isOnWay(subject, flow, node)) continue;
    const sees = yield* rulesSee(node, flow);
    if (sees === false) continue;
    dialled.push(symptom);
    if (sees === undefined) open.add(symptom);
  }
  if (dialled.length === 0) return { looked: [] };
  const packets: NftPacket[] = [];
  for (const symptom of dialled) packets.push(...(yield* packetsOf(subject, symptom, node)));
  const args: NftFateArgs = { ...(yield* rulesetOf(node)), packets, together: "nftables" };
  const fates = yield* tryAsk(nftFate, args);
  if (!fates.ok) return { unreadable: `${node.name}: ${fates.refusal.message}`, looked: [] };
  const by: readonly [Ground, ...Ground[]] = [question(nftFate, args)];
  const untracked = fates.value.some((fate) => fate.untracked) ? { untracked: true as const } : {};
  for (const wanted of ["stopped", "perhaps"] as const)
    for (const [index, fate] of fates.value.entries()) {
      const stop = fate[wanted];
      const symptom = dialled[Math.floor(index / 2)];
      // kube-proxy rejects what has no endpoint; that is about the Service.
      if (!stop || !symptom || /kube-proxy/.test(stop.table)) continue;
      const same = (other: Symptom | undefined, at: number) =>
        other && other !== symptom && fates.value[at]?.[wanted]?.rule === stop.rule ? [other] : [];
      const also = fates.value.flatMap((_, at) => same(dialled[Math.floor(at / 2)], at));
      const symptoms = [symptom, ...new Set(also.filter((one) => failures.includes(one)))] as const;
      const what = index % 2 === 0 ? "what is dialled" : "the answer";
      const seen = wanted === "stopped" ? yield* fromElsewhere(subject, symptom, node, index % 2) : undefined;
      if (seen === "passes") continue;
      const sure = wanted === "stopped" && !open.has(symptom) && seen === undefined;
      return { looked: by, ...untracked, stop: { ...stop, sure, what, symptoms, by } };
    }
  return { looked: by, ...untracked };
}

/** Whether the packet comes from, or goes to, another address than the pod's, and passes then; undefined where it is stopped by either. */
function* fromElsewhere(
  subject: Case,
  symptom: Symptom,
  node: SceneNode,
  index: number,
): Asking<"passes" | "unknown" | undefined> {
  const { flow } = symptom;
  const elsewhere = flow ? yield* sentElsewhere(subject, flow) : "no";
  if (elsewhere !== "no") return elsewhere === "yes" ? "passes" : "unknown";
  const [other] = flow ? yield* otherSources(subject, node, flow) : [];
  if (!flow || other === undefined) return undefined;
  const stopped = function* (source: string): Asking<boolean> {
    const packets = yield* packetsOf(subject, symptom, node, source);
    const fates = yield* tryAsk(nftFate, { ...(yield* rulesetOf(node)), packets, together: "nftables" });
    return fates.ok && fates.value[index]?.stopped !== undefined;
  };
  if (yield* stopped(other)) return undefined;
  const source = yield* sourceSeen(subject, flow);
  if (source === undefined) return "unknown";
  return source === flow.from.ips.IPv6 || (yield* stopped(source)) ? undefined : "passes";
}

/** What ip6tables made of nftables is left to what prints its rules, unless that prints the older tables alone. */
function* rulesetOf(node: SceneNode): Asking<Pick<NftFateArgs, "at" | "whole">> {
  const tables = yield* tryAsk(ip6tables, atNode(node));
  return { ...atNode(node), ...(tables.ok && tables.value.onlyLegacy ? { whole: true } : {}) };
}

/** A ruleset is sent through once for each packet; more dials than these meet no other rules. */
const mostDials = 4;

/** The first packet, and the first of the answer, as the node sees them. */
function* packetsOf(
  subject: Case,
  { flow }: Symptom,
  node: SceneNode,
  source = flow?.from.ips.IPv6 ?? "",
): Asking<readonly NftPacket[]> {
  if (!flow) return [];
  const { host = "", port = 0 } = flow;
  const { there, answer } = yield* passingOn(subject, node, flow);
  const way = (isAnswer: boolean) => {
    const found = wayThrough(flow, node, isAnswer);
    return found ? { way: found } : {};
  };
  return [
    { source, destination: host, destinationPort: port, state: "new", translated: false, ...there, ...way(false) },
    {
      source: host,
      destination: source,
      sourcePort: port,
      state: "established",
      translated: false,
      ...answer,
      ...way(true),
    },
  ];
}
