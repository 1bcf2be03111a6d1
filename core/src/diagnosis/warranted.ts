import type { Answer } from "../cluster/cluster.ts";
import { type Judgement, unknown, untold } from "../judging/cause.ts";
import { type Ground, isQuestion, isSymptom } from "../judging/proof.ts";
import type { Question } from "../probing/probe.ts";

/** The answer to a question, or undefined if it was never asked. */
export type AnswerTo = (question: Question) => Answer<unknown> | undefined;

/**
 * Lets a proof and an exclusion stand only if everything they rest on was really seen. A cause that forgets that it could
 * not look says nothing false then; it says nothing.
 */
export function warranted(judgement: Judgement, known: AnswerTo): Judgement {
  const { status, rests = [], died, family } = judgement;
  if (status !== "proven" && status !== "excluded") return judgement;
  const unseen = rests.map((ground) => whyUnseen(ground, known)).find((why) => why !== undefined);
  if (unseen !== undefined) return unknown(`could not look${unseen}`, family);
  if (status === "excluded") return rests.length > 0 ? judgement : unknown(untold, family);
  if (!died || !hasFailed(died.dial, known)) return unknown("nothing that was dialled was seen to fail of it", family);
  if (died.how === "counted" && !((died.packets ?? 0) > 0))
    return unknown("no packet of ours was counted where they should have died", family);
  return judgement;
}

/** Completes "could not look". */
function whyUnseen(ground: Ground, known: AnswerTo): string | undefined {
  if (isQuestion(ground)) {
    const answer = known(ground);
    if (answer?.ok) return undefined;
    // That a file does not exist was seen by whoever looked for it.
    if (answer?.refusal.reason === "absent") return undefined;
    return ` at ${ground.probe.asks(ground.args)}: ${answer?.refusal.message ?? "it was not asked"}`;
  }
  if (isSymptom(ground)) return ground.outcome === "not-looked" ? ` at ${ground.to}: ${ground.text}` : undefined;
  const { object } = ground;
  return object.spec === undefined && object.status === undefined
    ? `: ${object.metadata.name} is not known`
    : undefined;
}

function hasFailed(dial: Ground, known: AnswerTo): boolean {
  if (isSymptom(dial)) return dial.failed && dial.outcome !== "not-looked";
  if (!isQuestion(dial)) return false;
  const answer = known(dial);
  return answer?.ok === true && (answer.value as { ok?: boolean }).ok === false;
}
