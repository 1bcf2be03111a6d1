import type { Family } from "../addresses/address.ts";
import type { AbortSignalLike, Access, Cluster } from "../cluster/cluster.ts";
import type { Hop } from "../judging/path.ts";
import type { Subject } from "../judging/subject.ts";
import { type Symptom, worked } from "../judging/symptom.ts";
import type { DialArgs } from "../probes/dial.ts";
import { type Looker, liveLooker, replayLooker } from "../probing/looker.ts";
import type { Observation } from "../probing/probe.ts";
import { Engine } from "./engine.ts";
import { examine } from "./examine.ts";
import { beyondReach, type NotLookedAt } from "./not-looked.ts";
import { pathsOf } from "./path.ts";
import { resolveScene } from "./resolve-scene.ts";
import type { Saved } from "./saved.ts";
import { ordered, type Verdict, verdictOf } from "./verdict.ts";

export { type PodRef, parseTarget, type Subject, type Target, targetName } from "../judging/subject.ts";
export type { Outcome } from "../judging/symptom.ts";
export type { Observation } from "../probing/probe.ts";
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
  /**
   * Addresses outside the cluster that a survey dials on port 53, none if it is empty; by default a public DNS server in each
   * family. The traffic comes from a pod, so a user has to be able to forbid it.
   */
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
  readonly subject: Subject;
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
  /** The addresses outside that it was told to dial. */
  readonly outside?: readonly string[];
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
const publicDns = ["2001:4860:4860::8888", "8.8.8.8"];

/** Finds out what works per family and why the rest does not. Never rejects: what fails is part of the diagnosis. */
export async function diagnose(cluster: Cluster, subject: Subject, options: DiagnoseOptions): Promise<Diagnosis> {
  const startedAt = options.now();
  let engine: Engine | undefined;
  const looker = liveLooker(cluster, {
    access: options.access ?? "exec",
    ...(options.signal ? { signal: options.signal } : {}),
    containers: (vantage) => engine?.scene?.containers(vantage) ?? [],
    onAsking: (asking, vantage) => {
      const done = engine?.observations.length ?? 0;
      options.onProgress?.({ asking, vantage, done, total: done + asking.split(", ").length });
    },
    salt: startedAt,
  });
  engine = new Engine(looker, options.signal);
  const haste = options.patience === undefined ? defaultHaste : undefined;
  return conclude(engine, looker, subject, { context: cluster.context, startedAt, haste, ...options });
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
    startedAt,
    now: () => startedAt,
  });
}

/** The same for what {@link saved} kept; the cost is that of the original. */
export async function diagnoseSaved(bundle: Saved): Promise<Diagnosis> {
  const { observations, subject, took, execs } = bundle;
  return { ...(await replay(observations, subject, bundle)), took, execs };
}

/** Dials are only found again if they are asked for as they were then. */
function waited(observations: readonly Observation[], limit: "seconds" | "haste"): number | undefined {
  const dials = observations.filter(({ probe }) => probe === "dial").map(({ args }) => args as Partial<DialArgs>);
  return dials.find((args) => args[limit] !== undefined)?.[limit];
}

type Terms = Pick<DiagnoseOptions, "now" | "outside" | "patience"> &
  Pick<Diagnosis, "context" | "startedAt"> & { readonly haste: number | undefined };

async function conclude(engine: Engine, looker: Looker, subject: Subject, terms: Terms): Promise<Diagnosis> {
  const patience = terms.patience ?? defaultPatience;
  const scene = await engine.run(
    resolveScene(subject, {
      patience,
      haste: terms.haste,
      outside: terms.outside ?? publicDns,
      outsideAsked: terms.outside !== undefined,
    }),
  );
  const { symptoms, judged, crossings } = await examine(engine, scene, patience);
  const failed = symptoms.filter((symptom) => symptom.failed);
  const verdicts = ordered(judged.map((one) => verdictOf(one, engine.observations, failed)));
  const first = verdicts.find(({ status, latent }) => status === "proven" && !latent);
  return {
    context: terms.context,
    subject,
    chosen: scene.chosen,
    symptoms: symptoms.map(reported),
    verdicts,
    ...(first ? { first } : {}),
    families: { IPv6: summary(symptoms, "IPv6"), IPv4: summary(symptoms, "IPv4") },
    path: pathsOf(symptoms, engine, crossings, verdicts),
    notLooked: beyondReach(engine.observations),
    ...(terms.outside === undefined ? {} : { outside: terms.outside }),
    observations: engine.observations,
    execs: looker.execs,
    startedAt: terms.startedAt,
    took: terms.now() - terms.startedAt,
    cancelled: engine.cancelled,
  };
}

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
