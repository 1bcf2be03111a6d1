import type { Answer, PodVantage } from "../cluster/cluster.ts";
import { execArgs, kubectlLine } from "./kubectl.ts";
import { type Observation, type Question, questionId } from "./probe.ts";

/** Makes an answer an observation: with its question, its place, and the command a person would have typed. */
export function observe(
  context: string,
  question: Question,
  through: PodVantage | undefined,
  answer: Answer<unknown>,
): Observation {
  const { probe, args } = question;
  const typed = probe.types(args, answer.ok ? answer.value : undefined);
  return {
    id: questionId(question),
    probe: probe.id,
    args,
    access: probe.access,
    vantage: probe.access === "api" ? { kind: "api" } : probe.vantage(args),
    ...(through ? { through } : {}),
    asked: probe.asks(args),
    command: kubectlLine(context, probe.access === "exec" ? execArgs(through, typed) : typed),
    answer,
    line: answer.ok ? probe.line(answer.value, args) : `could not look: ${answer.refusal.message}`,
  };
}
