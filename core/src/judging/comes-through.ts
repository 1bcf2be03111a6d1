import { probe as dialProbe } from "../probes/dial.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { crossingOf, watchCrossing } from "./crossing.ts";
import { dialArgs } from "./dial-args.ts";
import type { Ground } from "./proof.ts";
import type { Flow } from "./scene.ts";
import { outcomeOf } from "./symptom.ts";
import { trackedOf } from "./tracking.ts";

/** A port that next to nobody listens on, and that the pod's own kernel refuses. */
const nobodysPort = 9;

/**
 * Whether packets get through all the same, as where a router on the way knows the pods: the far node tracks what was dialled, or the
 * pod's kernel refuses a port on which nobody listens. `unseen`: nobody could try.
 */
export function* comesThrough(
  { scene, patience }: Case,
  flow: Flow,
  way: "there" | "back",
): Asking<{ readonly unseen?: string; readonly by?: Ground }> {
  const another = question(dialProbe, { ...dialArgs(flow, patience), port: nobodysPort, seconds: patience });
  const tried = yield* tryAsk(dialProbe, another.args);
  const { outcome } = tried.ok ? outcomeOf(tried.value) : { outcome: undefined };
  if (outcome === "ok" || outcome === "refused") return { by: another };
  const crossing = way === "there" ? crossingOf(scene, flow, patience) : undefined;
  if (crossing?.questions.far) {
    const { far } = yield* watchCrossing(crossing);
    if (far?.ok && trackedOf(flow, far.value)) return { by: crossing.questions.far };
  }
  return tried.ok ? {} : { unseen: `that another port of the pod gets no answer either: ${tried.refusal.message}` };
}

/**
 * The same of a node's own route: what the node itself sends comes to the pod, or the far node tracks a request that the pod has not
 * answered. `unseen`: nobody could look.
 */
export function* passesNode(
  { scene, patience }: Case,
  flow: Flow,
  way: "there" | "back",
): Asking<{ readonly unseen?: string; readonly by?: Ground }> {
  const crossing = crossingOf(scene, flow, patience);
  const { far: asked, direct } = crossing?.questions ?? {};
  if (!crossing || !asked || !direct) return { unseen: "what the other node sees of it" };
  const crossed = yield* watchCrossing(crossing);
  const seen = crossed.far?.ok ? trackedOf(flow, crossed.far.value) : undefined;
  if (way === "back")
    return seen?.unreplied
      ? { by: asked }
      : seen
        ? {}
        : { unseen: `that the pod's answer comes as far as node ${crossing.far?.name}` };
  const { outcome } = crossed.direct?.ok ? outcomeOf(crossed.direct.value) : { outcome: undefined };
  if (outcome === undefined) return { unseen: `a dial of the pod from node ${crossing.near.name} itself` };
  return outcome === "ok" || outcome === "refused" ? { by: direct } : {};
}
