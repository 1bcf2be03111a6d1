import { type Access, accessLevels, type Refusal } from "../cluster/cluster.ts";
import { type Case, type Cause, type Judgement, unknown } from "../judging/cause.ts";
import type { Symptom } from "../judging/symptom.ts";
import { type Asking, NotLooked, type Question, questionId } from "../probing/probe.ts";
import type { Engine } from "./engine.ts";
import { warranted } from "./warranted.ts";

/** What one cause came to, and the questions it rests on. */
export interface Judged {
  readonly id: string;
  readonly cause: Cause;
  readonly judgement: Judgement;
  readonly asked: readonly string[];
}

interface Run {
  readonly id: string;
  readonly cause: Cause;
  readonly asking: Asking<Judgement>;
  readonly asked: string[];
  waiting: readonly Question[];
  judgement: Judgement | undefined;
}

/**
 * Runs all causes in lockstep: everybody gets as far as the answers reach, then what all of them want next is looked at
 * together. Once a proven cause explains every failure, no container is bothered any more.
 */
export async function judgeAll(
  engine: Engine,
  causes: Readonly<Record<string, Cause>>,
  subject: Case,
): Promise<Judged[]> {
  const runs = Object.entries(causes).map(([id, cause]) => start(engine, id, cause, subject));
  for (;;) {
    for (const run of runs) advance(engine, run);
    const open = runs.filter(({ judgement }) => judgement === undefined);
    if (open.length === 0) break;
    const wanted = open.flatMap(({ waiting }) => waiting).filter((question) => !engine.knows(question));
    const stop = engine.cancelled ? "cancelled" : enough(runs, subject.failures, wanted);
    if (stop) for (const run of open) run.judgement = unknown(stop);
    else await engine.fetch(wanted);
  }
  return runs.map(({ id, cause, judgement, asked }) => ({
    id,
    cause,
    judgement: judgement ?? unknown("not judged"),
    asked: [...new Set(asked)],
  }));
}

/** Whether a judgement accounts for a symptom; without a list it accounts for every failure of its family. */
export function explains(judgement: Judgement, symptom: Symptom): boolean {
  if (judgement.explains) return judgement.explains.includes(symptom.id);
  return judgement.family === "both" || judgement.family === symptom.family;
}

function start(engine: Engine, id: string, cause: Cause, subject: Case): Run {
  const run: Run = { id, cause, asking: cause.judge(subject), asked: [], waiting: [], judgement: undefined };
  step(engine, run, () => run.asking.next([]));
  return run;
}

function advance(engine: Engine, run: Run): void {
  while (run.judgement === undefined && run.waiting.every((question) => engine.knows(question))) {
    run.asked.push(...run.waiting.map(questionId));
    const answers = engine.answers(run.waiting);
    step(engine, run, () => run.asking.next(answers));
  }
}

/** A cause that cannot look, or that has a bug, knows nothing; the others go on. */
function step(engine: Engine, run: Run, next: () => IteratorResult<readonly Question[], Judgement>): void {
  try {
    const result = next();
    if (result.done) run.judgement = warranted(result.value, (question) => engine.answerTo(question));
    else run.waiting = result.value;
  } catch (error) {
    run.judgement =
      error instanceof NotLooked
        ? { ...unknown(error.message), needs: levelFor(run.waiting[0], error.refusal) }
        : unknown(whyFailed(engine, error));
  }
}

/** What was saved may have been changed since; a live answer has the form that its probe gave it. */
function whyFailed({ replays }: Engine, error: unknown): string {
  return replays && error instanceof TypeError
    ? "what was saved of it has another form than is read here: it was changed, or saved by another version"
    : `this check failed: ${String(error)}`;
}

/** The access level that would have told: where nobody was there to ask, the next one up. */
function levelFor(asked: Question | undefined, { reason, message }: Refusal): Access {
  const named = /^needs ([a-z-]+)/.exec(message)?.[1];
  const level = accessLevels.find((one) => one === named);
  if (level) return level;
  if (asked?.probe.access !== "exec") return asked ? "api" : "exec";
  if (reason !== "not-running" && reason !== "no-command" && reason !== "not-found") return "exec";
  return asked.probe.vantage(asked.args).kind === "node" ? "node" : "ephemeral";
}

function enough(runs: readonly Run[], failures: readonly Symptom[], wanted: readonly Question[]): string | undefined {
  if (failures.length === 0 || wanted.some(({ probe }) => probe.access === "api")) return undefined;
  const proven = runs.filter(({ judgement }) => judgement?.status === "proven");
  const accounted = failures.every((failure) =>
    proven.some(({ judgement }) => judgement && explains(judgement, failure)),
  );
  if (!accounted) return undefined;
  return `not looked into further: ${proven.map(({ id }) => id).join(", ")} explains what fails`;
}
