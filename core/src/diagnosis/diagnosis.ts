import type { Cluster } from "../cluster/cluster.ts";
import type { Subject } from "../judging/subject.ts";
import type { DialArgs } from "../probes/dial.ts";
import { replayLooker } from "../probing/looker.ts";
import type { Observation } from "../probing/probe.ts";
import { type Beyond, type Look, lookBeyond } from "./beyond.ts";
import { conclude, defaultPatience } from "./conclude.ts";
import { Engine } from "./engine.ts";
import { type LookOptions, lookOnce } from "./look-once.ts";
import type { Diagnosis } from "./result.ts";
import type { Saved } from "./saved.ts";

export { readTarget, targetForms } from "../judging/read-target.ts";
export { type AlsoFrom, type PodRef, type Subject, type Target, targetName } from "../judging/subject.ts";
export type { Outcome } from "../judging/symptom.ts";
export type { Observation } from "../probing/probe.ts";
export type { Beyond } from "./beyond.ts";
export type { MayNot } from "./least-role.ts";
export type { Progress } from "./look-once.ts";
export { type Missing, missingSentence } from "./missing.ts";
export type { NotLookedAt } from "./not-looked.ts";
export type { Diagnosis, FamilySummary, ReportedSymptom } from "./result.ts";
export { openSaved, type Saved, saved } from "./saved.ts";
export type { Evidence, Verdict } from "./verdict.ts";

export interface DiagnoseOptions extends LookOptions {
  /** Something may be created to look from, where nothing that runs already can answer. */
  readonly beyond?: Beyond;
}

/** Finds out what works per family and why the rest does not. Never rejects: what fails is part of the diagnosis. */
export async function diagnose(cluster: Cluster, subject: Subject, options: DiagnoseOptions): Promise<Diagnosis> {
  const { beyond, signal, onProgress, now } = options;
  const startedAt = now();
  let execs = 0;
  const look: Look = async (asked, stations) => {
    const looked = await lookOnce(cluster, asked, stations, options);
    execs += looked.diagnosis.execs;
    return looked;
  };
  if (!beyond) return (await look(subject, [])).diagnosis;
  const report = (asking: string) => onProgress?.({ asking, vantage: "the API", done: 0, total: 1 });
  const diagnosis = await lookBeyond(look, subject, { cluster, beyond, signal, onProgress: report });
  return { ...diagnosis, execs, startedAt, took: now() - startedAt };
}

/** Reaches the same conclusions from observations saved earlier, without a cluster. */
export async function replay(
  observations: readonly Observation[],
  subject: Subject,
  saved: Partial<Pick<Diagnosis, "context" | "startedAt">> & Pick<DiagnoseOptions, "outside" | "patience"> = {},
): Promise<Diagnosis> {
  const looker = replayLooker(observations);
  const startedAt = saved.startedAt ?? 0;
  const { diagnosis } = await conclude(new Engine(looker, undefined), looker, subject, {
    context: saved.context ?? "",
    ...saved,
    patience: saved.patience ?? waited(observations, "seconds") ?? defaultPatience,
    haste: waited(observations, "haste"),
    restarts: observations.some(({ probe }) => probe === "restarts"),
    startedAt,
    now: () => startedAt,
  });
  return diagnosis;
}

/** The same for what {@link saved} kept; the cost is that of the original. Rejects with a sentence where an answer is none of its question. */
export async function diagnoseSaved(bundle: Saved): Promise<Diagnosis> {
  const { observations, subject, took, execs } = bundle;
  try {
    return { ...(await replay(observations, subject, bundle)), took, execs };
  } catch (cause) {
    throw new Error("it holds an answer that nobody gives: the file was changed, or is damaged", { cause });
  }
}

/**
 * Dials and lookups are only found again if they are asked for as they were then. Of their patience the shortest is everybody's:
 * the dial that decides is waited for longer.
 */
function waited(observations: readonly Observation[], limit: "seconds" | "haste"): number | undefined {
  const tried = observations.filter(({ probe }) => probe === "dial" || probe === "lookup");
  const waits = tried.flatMap(({ args }) => (args as Partial<DialArgs>)[limit] ?? []);
  return waits.length > 0 ? Math.min(...waits) : undefined;
}
