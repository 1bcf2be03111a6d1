import type { Family } from "../addresses/address.ts";
import {
  type Diagnosis,
  type NotLookedAt,
  type ReportedSymptom,
  targetName,
  type Verdict,
} from "../diagnosis/diagnosis.ts";
import type { Hop } from "../judging/path.ts";
import { worked } from "../judging/symptom.ts";

/** A diagnosis in the order a person reads it, for a page, a document or a terminal. Plain JSON, every text ready. */
export interface DiagnosisView {
  /** "IPv6 diagnosis from pod default/a to Service default/web" */
  readonly title: string;
  /** One sentence: the root cause, or that there is none, or that it could not be told. */
  readonly headline: string;
  readonly context: string;
  /** Remarks on what was chosen, and on a diagnosis that was cancelled. */
  readonly remarks: readonly string[];
  /** What it comes to, IPv6 first. */
  readonly conclusions: readonly Conclusion[];
  readonly families: readonly FamilyView[];
  /** The way of each dial that failed. */
  readonly ways: readonly WayView[];
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

export interface Conclusion {
  readonly family: Family;
  /** `open`: nothing was seen to work or to fail. */
  readonly state: "works" | "fails" | "open";
  /** "IPv6 forwarding is off on the node", "all 5 attempts" */
  readonly text: string;
}

export interface WayView {
  readonly family: Family;
  readonly from: string;
  readonly to: string;
  /** A proven cause accounts for it. */
  readonly explained: boolean;
  /** The first station that fails. */
  readonly broken?: Hop;
  readonly hops: readonly Hop[];
}

export interface FamilyView {
  readonly family: Family;
  readonly works: readonly SymptomView[];
  readonly fails: readonly SymptomView[];
  /** Neither: not dialled, or nothing was expected there. */
  readonly neutral: readonly SymptomView[];
}

export interface SymptomView {
  /** False: nobody could try; `text` says why. */
  readonly tried: boolean;
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

const families = ["IPv6", "IPv4"] as const;

export function diagnosisView(diagnosis: Diagnosis): DiagnosisView {
  const { context, chosen, cancelled, notLooked, observations, execs, took } = diagnosis;
  const views = (is: (verdict: Verdict) => boolean) =>
    diagnosis.verdicts.filter(is).map((verdict) => causeView(verdict, diagnosis));
  const of = (status: Verdict["status"]) => views((verdict) => verdict.status === status && !verdict.latent);
  return {
    title: titleOf(diagnosis),
    headline: headlineOf(diagnosis),
    context,
    remarks: [...(cancelled ? ["It was cancelled: what had not been asked until then is missing."] : []), ...chosen],
    conclusions: families.map((family) => conclusionOf(family, diagnosis)),
    families: families.map((family) => familyView(family, diagnosis.symptoms)),
    ways: waysOf(diagnosis),
    proven: of("proven"),
    possible: of("possible"),
    latent: views(({ latent }) => latent),
    unknown: of("unknown"),
    excluded: of("excluded"),
    notLooked,
    unseen: notLooked.filter(({ needs, why }) => needs !== undefined && why.startsWith("not looked: ")),
    asked: observations.map(({ asked, line, command }) => ({ asked, line, command })),
    cost: `${observations.length} questions, ${execs} execs, ${(took / 1000).toFixed(1)} s`,
  };
}

function titleOf({ subject: { from, to } }: Diagnosis): string {
  if (!from && !to) return "IPv6 diagnosis of the cluster";
  const parts = [from && `from pod ${from.namespace}/${from.name}`, to && `to ${targetName(to)}`];
  return `IPv6 diagnosis ${parts.filter(Boolean).join(" ")}`;
}

/** Never says that IPv6 works where nothing was seen to. */
function headlineOf({ first, symptoms, verdicts }: Diagnosis): string {
  if (first) return `${first.summary}: ${first.because}.`;
  const { works, fails, neutral } = familyView("IPv6", symptoms);
  if (fails.length > 0)
    return `${fails.length} of ${works.length + fails.length} IPv6 attempts fail, and ${unproven("IPv6", verdicts)}.`;
  if (works.length > 0)
    return neutral.length === 0
      ? `All ${works.length} IPv6 attempts work.`
      : `${works.length} IPv6 attempts work, ${neutral.length} could not be judged.`;
  const tried = symptoms.some(({ family, outcome }) => family === "IPv6" && outcome !== "not-looked");
  if (tried) return "No IPv6 attempt could be judged.";
  const why = neutral[0]?.text.replace(/\.$/, "");
  return `Nothing could be tried over IPv6${why ? `: ${why}` : ""}.`;
}

function conclusionOf(family: Family, { symptoms, verdicts }: Diagnosis): Conclusion {
  const { works, fails, neutral } = familyView(family, symptoms);
  const root = verdicts.find(
    (verdict) => verdict.status === "proven" && !verdict.latent && [family, "both"].includes(verdict.family),
  );
  if (root) return { family, state: "fails", text: root.summary };
  const all = works.length + fails.length;
  if (fails.length > 0)
    return { family, state: "fails", text: `${fails.length} of ${all} attempts; ${unproven(family, verdicts)}` };
  if (all === 0) return { family, state: "open", text: "nothing was seen to work or to fail" };
  const open = neutral.length > 0 ? `; ${neutral.length} could not be judged` : "";
  return { family, state: "works", text: `${all === 1 ? "the one attempt" : `all ${all} attempts`}${open}` };
}

function unproven(family: Family, verdicts: readonly Verdict[]): string {
  const possible = verdicts.filter(
    (verdict) => verdict.status === "possible" && !verdict.latent && [family, "both"].includes(verdict.family),
  );
  return `no cause is proven${possible.length > 0 ? `, ${possible.length} possible below` : ""}`;
}

function familyView(family: Family, all: readonly ReportedSymptom[]): FamilyView {
  const own = all.filter((symptom) => symptom.family === family);
  return {
    family,
    works: own.filter(worked).map(symptomView),
    fails: own.filter(({ failed }) => failed).map(symptomView),
    neutral: own.filter((symptom) => !symptom.failed && !worked(symptom)).map(symptomView),
  };
}

function waysOf({ path, symptoms, verdicts }: Diagnosis): WayView[] {
  const explained = verdicts.filter(({ status }) => status === "proven").flatMap(({ explains }) => explains);
  return symptoms.flatMap(({ id, family, from, to }): WayView[] => {
    const hops = path.filter(({ symptom }) => symptom === id);
    const broken = hops.find(({ state }) => state === "fails");
    if (hops.length === 0) return [];
    return [{ family, from, to, explained: explained.includes(id), hops, ...(broken ? { broken } : {}) }];
  });
}

function symptomView({ from, to, text, outcome }: ReportedSymptom): SymptomView {
  return { from, to, text, tried: outcome !== "not-looked" };
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
