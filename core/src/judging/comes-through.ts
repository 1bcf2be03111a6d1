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
