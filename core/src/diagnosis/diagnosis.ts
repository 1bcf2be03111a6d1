import type { Family } from "../addresses/address.ts";
import type { AbortSignalLike, Access, Cluster, Refusal } from "../cluster/cluster.ts";
import type { Hop } from "../judging/path.ts";
import type { Subject } from "../judging/subject.ts";
import { type Symptom, worked } from "../judging/symptom.ts";
import type { DialArgs } from "../probes/dial.ts";
import { type Looker, liveLooker, replayLooker } from "../probing/looker.ts";
import { type Observation, vantageName } from "../probing/probe.ts";
import { clientFamilies } from "./client-families.ts";
import { Engine } from "./engine.ts";
import { type Examined, examine } from "./examine.ts";
import { type MayNot, mayNot } from "./least-role.ts";
import type { Missing } from "./missing.ts";
import { beyondReach, type NotLookedAt } from "./not-looked.ts";
import { pathsOf } from "./path.ts";
import { prepare } from "./prepare.ts";
import { restartsSince } from "./restarts.ts";
import type { Saved } from "./saved.ts";
import { cancelled, outOfReach, withoutConclusion } from "./stopped.ts";
import { stateSymptoms } from "./troubles.ts";
import { ordered, settled, type Verdict, verdictOf } from "./verdict.ts";

export { readTarget, targetForms } from "../judging/read-target.ts";
export { type PodRef, type Subject, type Target, targetName } from "../judging/subject.ts";
export type { Outcome } from "../judging/symptom.ts";
export type { Observation } from "../probing/probe.ts";
export type { MayNot } from "./least-role.ts";
export { type Missing, missingSentence } from "./missing.ts";
export type { NotLookedAt } from "./not-looked.ts";
export { openSaved, type Saved, saved } from "./saved.ts";
export type { Evidence, Verdict } from "./verdict.ts";

export interface DiagnoseOptions {
  /** Nothing above this level is asked; `exec` by default. */
  readonly access?: Access;
  readonly signal?: AbortSignalLike;
  onProgress?(progress: Progress): void;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Addresses outside the cluster that a survey dials on port 53, beside those of the subject: what leaves a cluster is its user's choice. */
  readonly outside?: readonly string[];
  /**
   * Seconds a dial waits for an answer; 1.5 by default, because Linux reports an ICMP error after the second attempt, at one
   * second. By default silence over IPv6 inside the cluster is believed sooner, as long as a proven cause explains it.
   */
  readonly patience?: number;
}

export interface Progress {
  readonly asking: string;
  readonly vantage: string;
  /** Questions answered, and questions known so far to be asked; the total grows as answers raise new ones. */
  readonly done: number;
  readonly total: number;
}

/** A symptom as the report knows it: JSON, without the objects it was made from. */
export type ReportedSymptom = Omit<Symptom, "flow" | "name">;

export interface FamilySummary {
  readonly works: readonly string[];
  readonly fails: readonly string[];
}

/** Plain JSON. */
export interface Diagnosis {
  readonly context: string;
  /** As it was understood: a pod or a Service where either could have been meant. */
  readonly subject: Subject;
  /** Containers that were started again while they were looked at, in sentences: the first thing to say. */
  readonly restarts: readonly string[];
  /** What was named and is not there; then nothing was dialled. */
  readonly missing: readonly Missing[];
  /** Why there is no conclusion; then there are no verdicts either. */
  readonly stopped?: Refusal;
  /** What is wrong with the pods and nodes of the subject before any packet is sent. */
  readonly troubles: readonly string[];
  readonly mayNot?: MayNot;
  /** What was chosen for the user, and why. */
  readonly chosen: readonly string[];
  readonly symptoms: readonly ReportedSymptom[];
  /** Proven causes first, the root cause at the head; then possible, unknown and excluded ones. */
  readonly verdicts: readonly Verdict[];
  /** The root cause. */
  readonly first?: Verdict;
  readonly families: Readonly<Record<Family, FamilySummary>>;
  /** The way of each failed dial, station by station. */
  readonly path: readonly Hop[];
  readonly notLooked: readonly NotLookedAt[];
  readonly observations: readonly Observation[];
  /** How often a program was started in a container. */
  readonly execs: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds. */
  readonly took: number;
  readonly cancelled: boolean;
}

const defaultPatience = 1.5;
/** Seconds; some twenty times what a path inside a cluster takes. */
const defaultHaste = 0.5;

/** Finds out what works per family and why the rest does not. Never rejects: what fails is part of the diagnosis. */
export async function diagnose(cluster: Cluster, subject: Subject, options: DiagnoseOptions): Promise<Diagnosis> {
  const startedAt = options.now();
  let engine: Engine | undefined;
  const looker = liveLooker(cluster, {
    access: options.access ?? "exec",
    ...(options.signal ? { signal: options.signal } : {}),
    containers: (vantage) => engine?.scene?.containers(vantage) ?? [],
    nobody: (vantage) => engine?.scene?.nobody(vantage),
    onAsking: (asking, vantage) => {
      const done = engine?.observations.length ?? 0;
      options.onProgress?.({ asking, vantage, done, total: done + asking.split(", ").length });
    },
  });
  engine = new Engine(looker, options.signal);
  const haste = options.patience === undefined ? defaultHaste : undefined;
  return conclude(engine, looker, subject, { context: cluster.context, startedAt, haste, restarts: true, ...options });
}

/** Reaches the same conclusions from observations saved earlier, without a cluster. */
export async function replay(
  observations: readonly Observation[],
  subject: Subject,
  saved: Partial<Pick<Diagnosis, "context" | "startedAt">> & Pick<DiagnoseOptions, "outside" | "patience"> = {},
): Promise<Diagnosis> {
  const looker = replayLooker(observations);
  const startedAt = saved.startedAt ?? 0;
  return conclude(new Engine(looker, undefined), looker, subject, {
    context: saved.context ?? "",
    ...saved,
    patience: saved.patience ?? waited(observations, "seconds") ?? defaultPatience,
    haste: waited(observations, "haste"),
    restarts: observations.some(({ probe }) => probe === "restarts"),
    startedAt,
    now: () => startedAt,
  });
}

/** The same for what {@link saved} kept; the cost is that of the original. */
export async function diagnoseSaved(bundle: Saved): Promise<Diagnosis> {
  const { observations, subject, took, execs } = bundle;
  return { ...(await replay(observations, subject, bundle)), took, execs };
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

type Terms = Pick<DiagnoseOptions, "now" | "outside" | "patience"> &
  Pick<Diagnosis, "context" | "startedAt"> & {
    readonly haste: number | undefined;
    /** Whether the pods are asked for their restarts at the end; what was kept earlier may not know. */
    readonly restarts: boolean;
  };

async function conclude(engine: Engine, looker: Looker, asked: Subject, terms: Terms): Promise<Diagnosis> {
  const patience = terms.patience ?? defaultPatience;
  const outside = terms.outside ?? asked.outside ?? [];
  const wanted = { ...asked, ...(outside.length > 0 ? { outside } : {}) };
  const prepared = await prepare(engine, wanted, { patience, haste: terms.haste });
  const { subject, scene, missing, troubles, abandoned } = prepared;
  const hopeless = outOfReach(engine.observations);
  const states = troubles.flatMap(stateSymptoms);
  const goOn = missing.length === 0 && !hopeless;
  const { symptoms, judged, crossings } = goOn ? await examine(engine, scene, patience, states) : nothing;
  const restarts = terms.restarts ? await engine.run(restartsSince(engine.observations)) : [];
  const told = goOn ? symptoms : states;
  const failed = symptoms.filter((symptom) => symptom.failed);
  const { observations } = engine;
  const byId = new Map(observations.map((one) => [one.id, one]));
  const verdicts = ordered(settled(judged.map((one) => verdictOf(one, byId, failed))));
  const proven = verdicts.find(({ status, latent }) => status === "proven" && !latent);
  const why = { observations, symptoms: told, troubles, chosen: scene.chosen };
  const stopped = engine.cancelled
    ? cancelled
    : (hopeless ?? (proven || missing.length > 0 ? undefined : withoutConclusion(why)));
  const first = stopped ? undefined : proven;
  const forbidden = mayNot(observations);
  const seen = observations.filter(
    ({ vantage }) => !abandoned.some((one) => vantageName(one) === vantageName(vantage)),
  );
  return {
    context: terms.context,
    subject,
    restarts,
    missing,
    ...(stopped ? { stopped } : {}),
    troubles: troubles.map(({ text }) => text),
    ...(forbidden ? { mayNot: forbidden } : {}),
    chosen: [...scene.chosen, ...clientFamilies(told)],
    symptoms: told.map(reported),
    verdicts: stopped ? [] : verdicts,
    ...(first ? { first } : {}),
    families: { IPv6: summary(told, "IPv6"), IPv4: summary(told, "IPv4") },
    path: stopped ? [] : pathsOf(symptoms, engine, crossings, verdicts, patience),
    notLooked: beyondReach(seen),
    observations,
    execs: looker.execs,
    startedAt: terms.startedAt,
    took: terms.now() - terms.startedAt,
    cancelled: engine.cancelled,
  };
}

const nothing: Examined = { symptoms: [], failures: [], judged: [], crossings: [] };

function reported({ flow: _flow, name: _name, ...symptom }: Symptom): ReportedSymptom {
  return symptom;
}

function summary(symptoms: readonly Symptom[], family: Family): FamilySummary {
  const own = symptoms.filter((symptom) => symptom.family === family);
  return {
    works: own.filter(worked).map(({ to, text }) => `${to}: ${text}`),
    fails: own.filter(({ failed }) => failed).map(({ to, text }) => `${to}: ${text}`),
  };
}
