import type { Family } from "../address.ts";
import { type Diagnosis, type NotLookedAt, type ReportedSymptom, targetName, type Verdict } from "../diagnosis.ts";

/** A diagnosis in the order a person reads it, for a page, a document or a terminal. Plain JSON, every text ready. */
export interface DiagnosisView {
  /** "IPv6 diagnosis from pod default/a to Service default/web" */
  readonly title: string;
  /** One sentence: the root cause, or that there is none, or that it could not be told. */
  readonly headline: string;
  readonly context: string;
  /** Remarks on what was chosen, and on a diagnosis that was cancelled. */
  readonly remarks: readonly string[];
  readonly families: readonly FamilyView[];
  readonly proven: readonly CauseView[];
  readonly possible: readonly CauseView[];
  readonly unknown: readonly CauseView[];
  readonly excluded: readonly CauseView[];
  readonly notLooked: readonly NotLookedAt[];
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
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

export interface CauseView {
  readonly id: string;
  readonly family: Family | "both";
  readonly summary: string;
  readonly because: string;
  readonly fix?: string;
  readonly confirm?: string;
  readonly source: string;
  readonly evidence: readonly EvidenceView[];
}

export interface EvidenceView {
  readonly asked: string;
  readonly line: string;
  /** What a person would have typed. */
  readonly command: string;
}

export function diagnosisView(diagnosis: Diagnosis): DiagnosisView {
  const { context, chosen, cancelled, notLooked, observations, execs, took } = diagnosis;
  const of = (status: Verdict["status"]) =>
    diagnosis.verdicts.filter((verdict) => verdict.status === status).map((verdict) => causeView(verdict, diagnosis));
  return {
    title: titleOf(diagnosis),
    headline: headlineOf(diagnosis),
    context,
    remarks: [...(cancelled ? ["It was cancelled: what had not been asked until then is missing."] : []), ...chosen],
    families: (["IPv6", "IPv4"] as const).map((family) => familyView(family, diagnosis.symptoms)),
    proven: of("proven"),
    possible: of("possible"),
    unknown: of("unknown"),
    excluded: of("excluded"),
    notLooked,
    asked: observations.map(({ asked, line, command }) => ({ asked, line, command })),
    cost: `${observations.length} questions, ${execs} execs, ${(took / 1000).toFixed(1)} s`,
  };
}

function titleOf({ subject: { from, to } }: Diagnosis): string {
  if (!from && !to) return "IPv6 diagnosis of the cluster";
  const parts = [from && `from pod ${from.namespace}/${from.name}`, to && `to ${targetName(to)}`];
  return `IPv6 diagnosis ${parts.filter(Boolean).join(" ")}`;
}

/** Never says that IPv6 works where nothing was dialled. */
function headlineOf({ first, symptoms, verdicts }: Diagnosis): string {
  if (first) return `${first.summary}: ${first.because}.`;
  const six = symptoms.filter(({ family, outcome }) => family === "IPv6" && outcome !== "not-looked");
  const failed = six.filter((symptom) => symptom.failed);
  const possible = verdicts.filter(({ status }) => status === "possible").length;
  if (failed.length > 0)
    return `${failed.length} of ${six.length} IPv6 attempts fail, and no cause is proven${possible > 0 ? `; ${possible} are possible` : ""}.`;
  const worked = six.filter(({ outcome }) => outcome === "ok" || outcome === "refused").length;
  if (worked === 0) return "Nothing could be tried over IPv6.";
  return worked === six.length
    ? `All ${worked} IPv6 attempts work.`
    : `${worked} IPv6 attempts work, ${six.length - worked} could not be judged.`;
}

function familyView(family: Family, all: readonly ReportedSymptom[]): FamilyView {
  const own = all.filter((symptom) => symptom.family === family);
  const works = own.filter(({ failed, outcome }) => !failed && (outcome === "ok" || outcome === "refused"));
  const fails = own.filter(({ failed }) => failed);
  const neutral = own.filter((symptom) => !works.includes(symptom) && !fails.includes(symptom));
  const [good, bad, rest] = [works, fails, neutral].map((list) => list.map(symptomView));
  return { family, works: good ?? [], fails: bad ?? [], neutral: rest ?? [] };
}

function symptomView({ from, to, text }: ReportedSymptom): SymptomView {
  return { from, to, text };
}

function causeView(verdict: Verdict, { observations }: Diagnosis): CauseView {
  const { cause, family, summary, because, fix, confirm, source } = verdict;
  const evidence = verdict.evidence.flatMap(({ observation, line }) => {
    const seen = observations.find(({ id }) => id === observation);
    return seen ? [{ asked: seen.asked, line, command: seen.command }] : [];
  });
  return {
    id: cause,
    family,
    summary,
    because,
    ...(fix ? { fix } : {}),
    ...(confirm ? { confirm } : {}),
    source,
    evidence,
  };
}
