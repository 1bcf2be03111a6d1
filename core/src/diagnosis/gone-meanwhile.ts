import type { Answer, KubeObject } from "../cluster/cluster.ts";
import type { ScenePod } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { addressesNow, isLeaving, probe as stillThere } from "../probes/still-there.ts";
import { question, tryAskAll } from "../probing/probe.ts";
import type { Engine } from "./engine.ts";
import { refOf } from "./meet.ts";

/** A pod that was deleted or replaced after it was listed is dialled in vain, and that is no failure of the network. */
export async function withoutGone(engine: Engine, symptoms: readonly Symptom[], isSecond: boolean): Promise<Symptom[]> {
  const pods = new Set(symptoms.flatMap(({ failed, kind, flow }) => (failed && kind === "dial" && flow?.toPod) || []));
  const asked = [...pods].map((pod) => ({
    pod,
    asks: question(stillThere, { ...refOf(pod), ...(isSecond ? { again: true as const } : {}) }),
  }));
  const open = asked.filter(({ asks }) => engine.mayAsk(asks));
  const answers = await engine.run(tryAskAll(open.map(({ asks }) => asks)));
  const gone = new Map(
    open.flatMap(({ pod }, index) => {
      const why = whyGone(pod, answers[index]);
      return why === undefined ? [] : [[pod, why] as const];
    }),
  );
  return symptoms.map((symptom): Symptom => {
    const why = symptom.failed && symptom.flow?.toPod ? gone.get(symptom.flow.toPod) : undefined;
    return why === undefined ? symptom : { ...symptom, outcome: "not-looked", gone: true, text: why, failed: false };
  });
}

function whyGone({ namespace, name, object }: ScenePod, answer: Answer<KubeObject> | undefined): string | undefined {
  const pod = `pod ${namespace}/${name}`;
  if (!answer) return undefined;
  if (!answer.ok) return answer.refusal.reason === "not-found" ? `${pod} was deleted meanwhile` : undefined;
  if (isLeaving(answer.value)) return isLeaving(object) ? undefined : `${pod} is being deleted since`;
  const [before, now] = [addressesNow(object), addressesNow(answer.value)];
  return before.some((ip) => !now.includes(ip))
    ? `${pod} was replaced meanwhile by one with other addresses`
    : undefined;
}
