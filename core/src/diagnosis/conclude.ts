import type { Family } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { AlsoFrom, Subject } from "../judging/subject.ts";
import { type Symptom, worked } from "../judging/symptom.ts";
import type { Looker } from "../probing/looker.ts";
import { type Observation, type Vantage, vantageName } from "../probing/probe.ts";
import { clientFamilies } from "./client-families.ts";
import { type AgreeHere, type DialledBeside, dialBeside } from "./dial-beside.ts";
import type { Engine } from "./engine.ts";
import { type Examined, examine } from "./examine.ts";
import { mayNot } from "./least-role.ts";
import { measureSizes } from "./measure-sizes.ts";
import type { DiagnosedScene } from "./needs.ts";
import { beyondReach } from "./not-looked.ts";
import { pathsOf } from "./path.ts";
import { prepare } from "./prepare.ts";
import { restartsSince } from "./restarts.ts";
import type { Diagnosis, FamilySummary, ReportedSymptom } from "./result.ts";
import { cancelled, outOfReach, withoutConclusion } from "./stopped.ts";
import { stateSymptoms } from "./troubles.ts";
import { unreadTarget } from "./unread-target.ts";
import { ordered, settled, verdictOf } from "./verdict.ts";
import { wouldAnswer } from "./would-answer.ts";

/** Seconds. */
export const defaultPatience = 1.5;

/** What a conclusion is told beyond its subject. */
export type ConclusionTerms = Pick<Diagnosis, "context" | "startedAt"> & {
  /** Milliseconds since the epoch. */
  now(): number;
  readonly outside?: readonly string[];
  readonly patience?: number;
  readonly haste: number | undefined;
  /** Absent for what was kept: then it was agreed to. */
  readonly agreeHere?: AgreeHere;
  /** Whether the pods are asked for their restarts at the end; what was kept earlier may not know. */
  readonly restarts: boolean;
};

/** Runs a diagnosis to its end, whoever answers its questions. */
export async function conclude(
  engine: Engine,
  looker: Looker,
  asked: Subject,
  terms: ConclusionTerms,
): Promise<DiagnosedScene> {
  const patience = terms.patience ?? defaultPatience;
  const outside = terms.outside ?? asked.outside ?? [];
  const wanted = { ...asked, ...(outside.length > 0 ? { outside } : {}) };
  const prepared = await prepare(engine, wanted, { patience, haste: terms.haste });
  const { subject, scene, missing, troubles, abandoned } = prepared;
  const hopeless = outOfReach(engine.observations);
  const states = troubles.flatMap(stateSymptoms);
  const goOn = missing.length === 0 && !hopeless;
  const { symptoms, judged, crossings } = goOn ? await examine(engine, scene, patience, states) : nothing;
  const sizes = goOn && !engine.cancelled ? await engine.run(measureSizes(scene, symptoms, subject)) : [];
  const beside: DialledBeside = goOn
    ? await dialBeside(engine, scene, subject, { patience, agree: terms.agreeHere })
    : { symptoms: [], remarks: [] };
  const restarts = terms.restarts ? await engine.run(restartsSince(engine.observations)) : [];
  const told = goOn ? [...symptoms, ...beside.symptoms, ...unreadTarget(subject, scene, engine)] : states;
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
  const forbidden = mayNot(observations, subject, stopped !== undefined);
  const seen = observations.filter(
    ({ vantage }) => !abandoned.some((one) => vantageName(one) === vantageName(vantage)),
  );
  const diagnosis: Diagnosis = {
    context: terms.context,
    subject: beside.declined ? { ...subject, alsoFrom: withoutHere(subject.alsoFrom) } : subject,
    restarts,
    missing,
    ...(stopped ? { stopped } : {}),
    troubles: troubles.map(({ text }) => text),
    ...(forbidden ? { mayNot: forbidden } : {}),
    chosen: [...scene.chosen, ...clientFamilies(told), ...beside.remarks],
    symptoms: told.map(reported),
    verdicts: stopped ? [] : verdicts,
    ...(first ? { first } : {}),
    families: { IPv6: summary(told, "IPv6"), IPv4: summary(told, "IPv4") },
    path: stopped ? [] : pathsOf(symptoms, engine, crossings, verdicts, patience),
    sizes: stopped ? [] : sizes,
    notLooked: beyondReach(seen),
    observations,
    execs: looker.execs,
    startedAt: terms.startedAt,
    took: terms.now() - terms.startedAt,
    left: [],
    cancelled: engine.cancelled,
  };
  const looked: DiagnosedScene = {
    diagnosis,
    scene,
    tried: abandoned.flatMap((vantage) => podAt(vantage, observations) ?? []),
  };
  const wanting = wouldAnswer(looked);
  return { ...looked, diagnosis: { ...diagnosis, notLooked: [...wanting, ...diagnosis.notLooked] } };
}

/** What was not agreed to is not asked for again with what was kept. */
function withoutHere({ here: _here, server: _server, ...rest }: AlsoFrom = {}): AlsoFrom {
  return rest;
}

function podAt(vantage: Vantage, observations: readonly Observation[]): KubeObject | undefined {
  const listed = observations.flatMap(({ probe, answer }) =>
    answer.ok && (probe === "pod" || probe === "pods") ? ([answer.value].flat() as KubeObject[]) : [],
  );
  return listed.find(
    ({ metadata }) =>
      vantage.kind === "pod" && metadata.name === vantage.pod && metadata.namespace === vantage.namespace,
  );
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
