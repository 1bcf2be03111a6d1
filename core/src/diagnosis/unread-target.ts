import type { Scene } from "../judging/scene.ts";
import { type Subject, targetName } from "../judging/subject.ts";
import type { Symptom } from "../judging/symptom.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { probe as serviceProbe } from "../probes/service.ts";
import { type Question, question } from "../probing/probe.ts";
import type { Engine } from "./engine.ts";
import { refOf } from "./meet.ts";

/**
 * What of a Service that was named nobody could dial. One that could not be read has no address: that its pods answer says nothing of it. And
 * where nobody may know which pods it has, a dial through it has reached one of them, and says nothing of the others.
 */
export function unreadTarget({ to }: Subject, { pods, services }: Scene, engine: Engine): Symptom[] {
  const [source] = pods;
  if (to?.kind !== "service" || !source) return [];
  const from = `pod ${source.namespace}/${source.name}`;
  const unread = (asked: Question, what: string): Symptom[] => {
    const answer = engine.answerTo(asked);
    if (!answer || answer.ok || answer.refusal.reason === "not-found") return [];
    const { message: text } = answer.refusal;
    return (["IPv6", "IPv4"] as const).map((family) => {
      const id = `${family} ${source.namespace}/${source.name} > ${what}`;
      return { id, kind: "dial", family, from, to: what, outcome: "not-looked", text, failed: false, asked: true };
    });
  };
  const itself = services.length > 0 ? [] : unread(question(serviceProbe, refOf(to)), targetName(to));
  const slices = question(endpointSlices, { namespace: to.namespace, service: to.name });
  return itself.length > 0 ? itself : unread(slices, `the pods of ${targetName(to)}`);
}
