import type { Family } from "../addresses/address.ts";
import { joinHostPort } from "../addresses/host-port.ts";
import type { Diagnosis, MayNot, NotLookedAt, ReportedSymptom, Verdict } from "../diagnosis/diagnosis.ts";
import { type Target, targetName } from "../judging/subject.ts";
import { worked } from "../judging/symptom.ts";
import { type Conclusion, conclusionOf, headlineOf } from "./conclusions.ts";
import { commandView, type FixCommandView } from "./fix-command.ts";
import { type SizeView, sizesOf } from "./sizes.ts";
import { type WayView, waysOf } from "./ways.ts";

export type { Conclusion } from "./conclusions.ts";

/** A diagnosis in the order a person reads it, for a page, a document or a terminal. Plain JSON, every text ready. */
export interface DiagnosisView {
  /** "IPv6 diagnosis from pod default/a to Service default/web" */
  readonly title: string;
  /** Containers that were started again while they were looked at; said before anything else. */
  readonly restarts: readonly string[];
  /** One sentence: the root cause, or that there is none, or that it could not be told. */
  readonly headline: string;
  /** The headline is why there is no conclusion, and this what to do about it; the rest of the report is empty then. */
  readonly stopped?: { readonly remedy?: string };
  /** What is wrong with the pods and nodes of the subject, whatever the network does. */
  readonly troubles: readonly string[];
  /** What was forbidden, and the least role that allows it. */
  readonly mayNot?: MayNot;
  readonly context: string;
  /** Remarks on what was chosen, and on what is left in the cluster. */
  readonly remarks: readonly string[];
  /** What it comes to, IPv6 first. */
  readonly conclusions: readonly Conclusion[];
  readonly families: readonly FamilyView[];
  /** The way of each dial that failed. */
  readonly ways: readonly WayView[];
  /** How large packets may be. */
  readonly sizes: readonly SizeView[];
  readonly proven: readonly CauseView[];
  readonly possible: readonly CauseView[];
  /** True, proven or likely, and nothing that was tried fails of it. */
  readonly latent: readonly CauseView[];
  readonly unknown: readonly CauseView[];
  readonly excluded: readonly CauseView[];
  readonly notLooked: readonly NotLookedAt[];
  /** Those of them that no question of this access level can answer, whatever the rights. */
  readonly unseen: readonly NotLookedAt[];
  readonly asked: readonly EvidenceView[];
  /** "3 execs, 2 s" */
  readonly cost: string;
}

export interface FamilyView {
  readonly family: Family;
  readonly works: readonly SymptomView[];
  readonly fails: readonly SymptomView[];
  /** Neither: not dialled, or nothing was expected there. */
  readonly neutral: readonly SymptomView[];
}

export interface SymptomView {
  /** False: nobody could try; why stands among what was not looked at. */
  readonly tried: boolean;
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

export interface CauseView {
  readonly id: string;
  /** "node n1": where it breaks, if the path tells. */
  readonly where?: string;
  readonly family: Family | "both";
  readonly summary: string;
  readonly because: string;
  readonly fix?: string;
  /** The part of the fix that is a command. */
  readonly commands: readonly FixCommandView[];
  /** The API can mend it itself: the object that would be changed, "shop/web". */
  readonly changes?: string;
  readonly confirm?: string;
  /** Of a possible cause: what would prove it. */
  readonly missing?: string;
  readonly source: string;
  readonly evidence: readonly EvidenceView[];
}

export interface EvidenceView {
  readonly asked: string;
  readonly line: string;
  /** What a person would have typed. */
  readonly command: string;
}

const families = ["IPv6", "IPv4"] as const;

export function diagnosisView(diagnosis: Diagnosis): DiagnosisView {
  const { context, chosen, notLooked, observations, execs, took, troubles, stopped, mayNot } = diagnosis;
  const views = (is: (verdict: Verdict) => boolean) =>
    diagnosis.verdicts.filter(is).map((verdict) => causeView(verdict, diagnosis));
  const of = (status: Verdict["status"]) => views((verdict) => verdict.status === status && !verdict.latent);
  return {
    title: titleOf(diagnosis),
    restarts: diagnosis.restarts,
    headline: headlineOf(diagnosis),
    ...(stopped ? { stopped: stopped.remedy === undefined ? {} : { remedy: stopped.remedy } } : {}),
    troubles: troubles.filter(
      (text) => text !== stopped?.message && !diagnosis.symptoms.some((one) => isState(one, text)),
    ),
    ...(mayNot ? { mayNot } : {}),
    context,
    remarks: [...chosen, ...diagnosis.left.map((one) => `left in the cluster: ${one}`)],
    conclusions: stopped ? [] : families.map((family) => conclusionOf(family, diagnosis)),
    families: stopped ? [] : families.map((family) => familyView(family, diagnosis)),
    ways: waysOf(diagnosis),
    sizes: sizesOf(diagnosis),
    proven: of("proven"),
    possible: of("possible"),
    latent: views(({ latent }) => latent),
    unknown: of("unknown").map((cause) => ({ ...cause, because: withoutRefusal(cause.because, diagnosis) })),
    excluded: of("excluded"),
    // Where nothing could be asked, what would have answered is all there is to say.
    notLooked: stopped ? notLooked.filter(({ needs, command }) => needs && command) : notLooked,
    unseen: notLooked.filter(({ needs, why }) => needs !== undefined && why.startsWith("not looked: ")),
    asked: observations.map(({ asked, line, command }) => ({ asked, line, command })),
    cost: `${observations.length} questions, ${execs} execs, ${(took / 1000).toFixed(1)} s`,
  };
}

function titleOf({ subject: { from, to, front } }: Diagnosis): string {
  if (!from && !to) return "IPv6 diagnosis of the cluster";
  const target = front ? `${front.what} ${front.namespace}/${front.name}` : to && withPort(to);
  const parts = [from && `from pod ${from.namespace}/${from.name}`, target && `to ${target}`];
  return `IPv6 diagnosis ${parts.filter(Boolean).join(" ")}`;
}

function withPort(to: Target): string {
  if (to.port === undefined) return targetName(to);
  return to.kind === "address" ? joinHostPort(to.address, to.port) : `${targetName(to)}:${to.port}`;
}

/** The conclusion says it already. */
function isState({ kind, text }: ReportedSymptom, trouble: string): boolean {
  return kind === "state" && text === trouble;
}

/** Every attempt of a family, parted by what came of it. */
function familyView(family: Family, { symptoms, observations }: Diagnosis): FamilyView {
  const refusals = new Set(observations.flatMap(({ answer }) => (answer.ok ? [] : [answer.refusal.message])));
  const symptomView = (symptom: ReportedSymptom) => viewOf(symptom, refusals);
  const own = symptoms.filter((symptom) => symptom.family === family && symptom.kind !== "state");
  return {
    family,
    works: own.filter(worked).map(symptomView),
    fails: own.filter(({ failed }) => failed).map(symptomView),
    neutral: own.filter((symptom) => !symptom.failed && !worked(symptom)).map(symptomView),
  };
}

/** Why nobody could try is told once, with what was not looked at. */
function viewOf({ from, to, text }: ReportedSymptom, refusals: ReadonlySet<string>): SymptomView {
  const tried = !refusals.has(text);
  return { from, to, text: tried ? text : "not tried", tried };
}

/** Why something could not be looked at is told once, with what was not looked at or not allowed. */
function withoutRefusal(because: string, { observations }: Diagnosis): string {
  if (!because.startsWith(unseen)) return because;
  const refusals = observations.flatMap(({ answer }) => (answer.ok ? [] : [answer.refusal.message]));
  const told = refusals.find((message) => because.endsWith(`: ${message}`));
  return told === undefined ? because : because.slice(0, -told.length - 2);
}

/** How a cause says that it could not look. */
export const unseen = "could not look at ";

function causeView(verdict: Verdict, { observations, path, context }: Diagnosis): CauseView {
  const { cause, family, summary, because, fix, commands = [], mend, confirm, missing, source } = verdict;
  const broken = path.find(
    ({ symptom, state, because: why }) =>
      state === "fails" && verdict.explains.includes(symptom) && why.startsWith(`${summary}: `),
  );
  const evidence = verdict.evidence.flatMap(({ observation, line }) => {
    const seen = observations.find(({ id }) => id === observation);
    return seen ? [{ asked: seen.asked, line, command: seen.command }] : [];
  });
  return {
    id: cause,
    ...(broken && broken.where !== "the cluster" ? { where: broken.where } : {}),
    family,
    summary,
    because,
    ...(fix ? { fix } : {}),
    commands: commands.map((one) => commandView(one, context)),
    ...(mend ? { changes: `${mend.namespace === undefined ? "" : `${mend.namespace}/`}${mend.name}` } : {}),
    ...(confirm ? { confirm } : {}),
    ...(missing ? { missing } : {}),
    source,
    evidence,
  };
}
