import { causes } from "../causes/index.ts";
import { dialArgs } from "../judging/dial-args.ts";
import type { Scene } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { probe as dial } from "../probes/dial.ts";
import { question } from "../probing/probe.ts";
import type { Engine } from "./engine.ts";
import { explains, type Judged, judgeAll } from "./judge.ts";
import { orderAfterWitness } from "./looking-order.ts";
import { observeSymptoms } from "./observe-symptoms.ts";
import { isHasty, isLate, patiently } from "./patience.ts";

export interface Examined {
  readonly symptoms: readonly Symptom[];
  /** The failures over IPv6. */
  readonly failures: readonly Symptom[];
  readonly judged: readonly Judged[];
}

/** Dials, judges, and dials again with more patience what stayed silent, or was refused late, for no proven reason. */
export async function examine(engine: Engine, scene: Scene, patience: number): Promise<Examined> {
  const first = await once(engine, scene, patience);
  const doubtful = [
    ...unexplained(first).filter((symptom) => isHasty(symptom, patience)),
    ...first.symptoms.filter((symptom) => isLate(symptom) && !isExplained(symptom, first)),
  ];
  if (doubtful.length === 0 || engine.cancelled) return first;
  return once(engine, patiently(scene, doubtful), patience);
}

async function once(engine: Engine, scene: Scene, patience: number): Promise<Examined> {
  engine.scene = scene;
  const symptoms = await engine.run(observeSymptoms(scene, patience));
  if (scene.flows.some(({ asked, toPod }) => asked && toPod))
    engine.scene = { ...scene, order: orderAfterWitness(scene, witnessed(engine, scene, patience)) };
  const failures = symptoms.filter(({ failed, family }) => failed && family === "IPv6");
  const judged = await judgeAll(engine, causes, { scene, symptoms, failures, patience });
  return { symptoms, failures, judged };
}

function witnessed(engine: Engine, { witness }: Scene, patience: number) {
  const asked = witness && question(dial, dialArgs(witness, patience));
  return asked && engine.knows(asked) ? engine.answers([asked])[0] : undefined;
}

/** A silence that is no failure (an address outside in both families) is left alone. */
function unexplained(examined: Examined): Symptom[] {
  return examined.failures.filter((failure) => !isExplained(failure, examined));
}

function isExplained(symptom: Symptom, { judged }: Examined): boolean {
  return judged.some(({ judgement }) => judgement.status === "proven" && explains(judgement, symptom));
}
