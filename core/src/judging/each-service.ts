import type { Asking } from "../probing/probe.ts";
import { excluded, type Judgement } from "./cause.ts";
import type { SceneService } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/**
 * Judges the lost dials of each Service on their own: what one of them does not fail of another may. What is proven of several explains
 * the dials of all of these, and is excluded only where it is of each.
 */
export function* eachService(
  dials: readonly Symptom[],
  judge: (service: SceneService, dials: readonly [Symptom, ...Symptom[]]) => Asking<Judgement>,
): Asking<Judgement | undefined> {
  const judged: Judgement[] = [];
  for (const service of new Set(dials.flatMap(({ flow }) => flow?.service ?? []))) {
    const [first, ...more] = dials.filter(({ flow }) => flow?.service === service);
    if (first) judged.push(yield* judge(service, [first, ...more]));
  }
  const of = (...wanted: readonly Judgement["status"][]) => judged.filter(({ status }) => wanted.includes(status));
  const [first, ...others] = of("proven");
  if (first) return { ...first, explains: [first, ...others].flatMap(({ explains = [] }) => explains) };
  const [open = judged[0]] = [...of("possible"), ...of("unknown")];
  if (open?.status !== "excluded") return open;
  return excluded(
    open.because,
    judged.flatMap(({ rests = [] }) => rests),
    open.family,
  );
}
