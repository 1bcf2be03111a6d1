import { probe as routes } from "../probes/routes.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import { type Case, excluded, type Judgement, unknown } from "./cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "./compared.ts";
import { type Crossed, type Crossing, crossingsOf, watchCrossing, watchedBy } from "./crossing.ts";
import { atNode } from "./failures.ts";
import { type Leaving, leavingBy, type Reached, type ReachedHow, reachedHow } from "./leaving.ts";
import type { Alternative, Ground } from "./proof.ts";
import { isPodOn, lostTo } from "./same-fate.ts";
import type { Flow, SceneNode } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/** A dial between pods of two nodes that was lost, how far it was seen to come, and by what. */
export interface Between extends Pick<ReachedHow, "by" | "own"> {
  readonly near: SceneNode;
  readonly far: SceneNode;
  readonly flow: Flow;
  readonly dial: Symptom;
  readonly crossing: Crossing;
  readonly crossed: Crossed;
  readonly device: string;
  /** "UDP 8472"; "" where packets travel as they are. */
  readonly tunnel: string;
  /** Addresses of the two nodes. */
  readonly between: NonNullable<Leaving["between"]>;
  readonly seen: readonly [Ground, ...Ground[]];
  /** Ids of what is lost on the same way. */
  readonly explains: readonly string[];
  readonly instead: readonly Alternative[];
}

/** The dial, if it goes by a tunnel or does not, as asked, and came as far as `wanted`; else why this is not so. */
export function* lostBetweenNodes(subject: Case, byTunnel: boolean, wanted: Reached): Asking<Between | Judgement> {
  const crossing = crossingsOf(subject.scene, subject.failures, subject.patience).find(({ far }) => far);
  if (!crossing?.far)
    return excluded("no IPv6 dial to a pod of another node was lost on the way", dialsOverIPv6(subject, "other-node"));
  const { near, far, flow } = crossing;
  const dial = subject.failures.find((one) => one.flow === flow);
  if (!dial) return unknown("the dial that was watched is none of those that failed");
  const leaving = leavingBy(crossing, yield* tryAsk(routes, atNode(near)));
  if (!leaving?.between || (leaving.tunnel !== undefined) !== byTunnel)
    return excluded(`node ${near.name} sends to node ${far.name} ${byTunnel ? "without" : "by"} a tunnel`, [
      question(routes, atNode(near)),
    ]);
  const crossed = yield* watchCrossing(crossing);
  const { reached, by, own } = reachedHow(crossing, crossed, leaving);
  const seen = watchedBy(crossing, crossed);
  if (reached === "unclear") return unknown("how far the packets came was not seen");
  if (reached !== wanted) return excluded(by, seen);
  const { device, tunnel = "", between } = leaving;
  const explains = lostTo(subject, ({ from, toPod }) => from.node === near.name && isPodOn(toPod, far));
  const other = notOverIPv4(subject, dial);
  const instead = other ? [other] : [];
  return { near, far, flow, dial, crossing, crossed, device, tunnel, between, by, own, seen, explains, instead };
}

/** What is missing where only counters moved. */
export const notOurs = "the connection among those the node tracks: packets of anybody may have been counted";
