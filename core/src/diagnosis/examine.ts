import { causes } from "../causes/index.ts";
import { type Crossing, crossingsOf, watchCrossing } from "../judging/crossing.ts";
import { dialArgs, duringArgs } from "../judging/dial-args.ts";
import { isAt } from "../judging/failures.ts";
import type { Flow, Scene } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { probe as dial } from "../probes/dial.ts";
import { question } from "../probing/probe.ts";
import { askAgents } from "./agent-hop.ts";
import type { Engine } from "./engine.ts";
import { withoutGone } from "./gone-meanwhile.ts";
import { explains, type Judged, judgeAll } from "./judge.ts";
import { orderAfterWitness } from "./looking-order.ts";
import { observeSymptoms } from "./observe-symptoms.ts";
import { isHasty, isRefusedLate, patiently } from "./patience.ts";

export interface Examined {
  readonly symptoms: readonly Symptom[];
  /** The failures over IPv6. */
  readonly failures: readonly Symptom[];
  readonly judged: readonly Judged[];
  /** The dials that were watched on their way, because nothing proven explains why they are lost. */
  readonly crossings: readonly Crossing[];
}

/** Dials, judges (with what the API says of a target in which nothing runs, `states`), and dials again with more patience what stayed silent, or was refused late, for no proven reason. */
export async function examine(
  engine: Engine,
  scene: Scene,
  patience: number,
  states: readonly Symptom[] = [],
): Promise<Examined> {
  const first = await once(engine, scene, patience, states);
  const doubtful = [
    ...decisiveOnes(
      [...unexplained(first), ...first.symptoms.filter(({ busy }) => busy)].filter((symptom) =>
        isHasty(symptom, patience),
      ),
    ),
    ...first.symptoms.filter((symptom) => isRefusedLate(symptom) && !isExplained(symptom, first)),
  ];
  if (doubtful.length === 0 || engine.cancelled) return watched(engine, scene, first, patience);
  const calm = patiently(scene, doubtful);
  return watched(engine, calm, await once(engine, calm, patience, states, true), patience);
}

/** One dial stands for all that go the same way; waiting for each of them to its end would take as many times as long. */
function decisiveOnes(hasty: readonly Symptom[]): Symptom[] {
  const wayOf = ({ id, flow }: Symptom) => (flow ? `${flow.scope} ${flow.toPod?.node ?? ""}` : id);
  return [...new Map([...hasty].reverse().map((symptom) => [wayOf(symptom), symptom])).values()].reverse();
}

/** An unknown cause has a place all the same: what nobody explains is dialled again, and looked at where it passes. */
async function watched(engine: Engine, scene: Scene, examined: Examined, patience: number): Promise<Examined> {
  const crossings = crossingsOf(scene, examined.failures, patience);
  const open = crossingsOf(scene, unexplained(examined), patience);
  for (const crossing of open) if (!engine.cancelled) await engine.run(watchCrossing(crossing));
  const passed = open.flatMap(({ near, far }) => [near.name, ...(far ? [far.name] : [])]);
  if (!engine.cancelled) await engine.run(askAgents(passed));
  return { ...examined, crossings };
}

async function once(
  engine: Engine,
  scene: Scene,
  patience: number,
  states: readonly Symptom[],
  isSecond = false,
): Promise<Examined> {
  engine.scene = scene;
  const observed = await engine.run(observeSymptoms(scene, patience));
  const symptoms = [...(await withoutGone(engine, observed, isSecond)), ...states];
  if (scene.flows.some(({ asked, toPod }) => asked && toPod))
    engine.scene = { ...scene, order: orderAfterWitness(scene, witnessed(engine, scene, patience)) };
  const failures = symptoms.filter(({ failed, family, kind }) => failed && family === "IPv6" && kind !== "state");
  engine.scene = dialledAgain(engine.scene, failures, patience);
  const judged = await judgeAll(engine, causes, { scene, symptoms, failures, patience });
  return { symptoms, failures, judged, crossings: [] };
}

/** Most failures a far node is looked at for: each is dialled once more. */
const mostAgain = 2;

/** What a node that is not the source's does with our packets shows while they are sent, so they are sent again. */
function dialledAgain(scene: Scene, failures: readonly Symptom[], patience: number): Scene {
  const [own] = scene.nodes;
  const passes = (flow: Flow, name: string) => {
    const node = scene.nodes.find((one) => one.name === name);
    return flow.toPod?.node === name || (node !== undefined && isAt(flow, node));
  };
  const again = (node: string) =>
    failures
      .flatMap(({ flow }) => (flow?.host && flow.from === scene.pods[0] && passes(flow, node) ? [flow] : []))
      .slice(0, mostAgain)
      .map((flow) => question(dial, duringArgs(flow, node, patience)));
  return {
    ...scene,
    standing: (vantage) => [
      ...scene.standing(vantage),
      ...(vantage.kind === "node" && vantage.node !== own?.name ? again(vantage.node) : []),
    ],
  };
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
