import type { Family } from "../addresses/address.ts";
import type { Diagnosis, ReportedSymptom, Verdict } from "../diagnosis/diagnosis.ts";
import { missingSentence } from "../diagnosis/missing.ts";
import { worked } from "../judging/symptom.ts";

/** What a diagnosis comes to in one family. */
export interface Conclusion {
  readonly family: Family;
  /** `open`: nothing was seen to work or to fail. */
  readonly state: "works" | "fails" | "open";
  /** "IPv6 forwarding is off on the node", "all 5 attempts" */
  readonly text: string;
}

/** One sentence for the whole diagnosis. Never says that IPv6 works where nothing was seen to. */
export function headlineOf(diagnosis: Diagnosis): string {
  const { missing, stopped, first, symptoms, verdicts } = diagnosis;
  if (missing.length > 0)
    return `${missing.map(missingSentence).join("; ").replace(/\?$/, "")}${missing.some(({ nearest }) => nearest.length > 0) ? "?" : "."}`;
  if (stopped) return sentence(stopped.message);
  if (first) return `${first.summary}: ${first.because}.`;
  const { works, fails, open, dialled, state, skipped, undecided, only } = partsOf("IPv6", diagnosis);
  if (state !== undefined) return sentence(state);
  if (fails > 0)
    return `${fails} of ${works + fails} IPv6 attempts fail${only}, and ${unproven("IPv6", verdicts)}.${reached("IPv6", symptoms)}`;
  if (skipped !== undefined) return sentence(skipped);
  if (undecided !== undefined) return `IPv6 is ${undecided}.`;
  if (dialled)
    return open === 0
      ? `All ${works} IPv6 attempts work.`
      : `${works} IPv6 attempts work, ${open} could not be judged.`;
  if (works > 0)
    return `Nothing was dialled over IPv6${symptoms.some(({ beside }) => beside) ? " from a pod" : ": only names were asked for"}.`;
  const tried = symptoms.some(({ family, outcome }) => family === "IPv6" && outcome !== "not-looked");
  const four = partsOf("IPv4", diagnosis);
  if (!tried && four.dialled) return "There was nothing to dial over IPv6.";
  return tried ? "No IPv6 attempt could be judged." : "Nothing could be tried over IPv6.";
}

export function conclusionOf(family: Family, diagnosis: Diagnosis): Conclusion {
  const { symptoms, verdicts } = diagnosis;
  const { works, fails, open, dialled, state, skipped, undecided, only } = partsOf(family, diagnosis);
  if (state !== undefined) return { family, state: "fails", text: state };
  const root = verdicts.find(
    (verdict) => verdict.status === "proven" && !verdict.latent && [family, "both"].includes(verdict.family),
  );
  if (root) return { family, state: "fails", text: `${root.summary}${reached(family, symptoms)}` };
  const all = works + fails;
  if (fails > 0) {
    const text = `${fails} of ${all} attempts${only}; ${unproven(family, verdicts)}${reached(family, symptoms)}`;
    return { family, state: "fails", text };
  }
  const untold = skipped ?? undecided;
  if (untold !== undefined) return { family, state: "open", text: untold };
  if (!dialled)
    return { family, state: "open", text: works > 0 ? "nothing was dialled" : "nothing was seen to work or to fail" };
  const rest = open > 0 ? `; ${open} could not be judged` : "";
  const text = `${all === 1 ? "the one attempt" : `all ${all} attempts`}${rest}${lostSizes(family, diagnosis)}`;
  return { family, state: "works", text };
}

/** A firewall may drop large echoes alone, so that they are no failure of what was asked for; nor is nothing said of them. */
function lostSizes(family: Family, { sizes }: Diagnosis): string {
  const lost = sizes.filter((one) => one.family === family && one.state === "vanishes");
  const least = Math.min(...lost.map(({ next }) => next ?? Number.POSITIVE_INFINITY));
  return lost.length === 0 ? "" : `; but ICMP echoes of ${least} bytes and more vanish, see largest packets`;
}

interface Counted {
  readonly works: number;
  readonly fails: number;
  readonly open: number;
  /** Something was dialled from a pod, and answered; a name that resolves is no answer. */
  readonly dialled: boolean;
  /** Why the target cannot be reached at all. */
  readonly state: string | undefined;
  /** What was asked for was not dialled, whatever else works. */
  readonly skipped: string | undefined;
  /** What came of it on the user's machine says nothing. */
  readonly undecided: string | undefined;
  /** ", from this machine alone", where no pod fails. */
  readonly only: string;
}

function partsOf(family: Family, { symptoms, subject }: Diagnosis): Counted {
  const own = symptoms.filter((symptom) => symptom.family === family);
  const works = own.filter(worked);
  const fails = own.filter(({ failed }) => failed);
  const places = new Set(fails.map(({ from }) => from));
  return {
    works: works.length,
    fails: fails.length,
    open: own.filter((symptom) => !symptom.failed && !worked(symptom)).length,
    dialled: works.some(({ kind, beside }) => kind === "dial" && !beside),
    state: own.find(({ kind }) => kind === "state")?.text,
    skipped: subject.to && skippedOf(own.filter(({ beside }) => !beside)),
    undecided: undecidedOf(own),
    only: fails.every(({ beside }) => beside) ? `, from ${[...places].join(" and ")} alone` : "",
  };
}

function skippedOf(own: readonly ReportedSymptom[]): string | undefined {
  const asked = own.filter(({ asked: named, kind }) => named && kind === "dial");
  const open = asked.filter(({ outcome }) => outcome === "not-looked");
  const first = open.find(({ busy }) => !busy) ?? (open.length === asked.length ? open[0] : undefined);
  if (!first) return undefined;
  const works = own.filter(worked).length;
  const others = works === 0 ? "" : `; ${works === 1 ? "the one other attempt works" : `${works} other attempts work`}`;
  return `${first.to} ${first.busy ? "could not be judged" : "not dialled"}${others}`;
}

/** Whoever asked to see it from his machine is not told that it works before it was seen from there. */
function undecidedOf(own: readonly ReportedSymptom[]): string | undefined {
  const works = own.filter(worked).length;
  if (works === 0 || !own.some((one) => one.undecided)) return undefined;
  return `not judged from this machine; ${works === 1 ? "the one other attempt works" : `${works} other attempts work`}`;
}

/** Success is only what was dialled and answered. */
export function isAnswered(diagnosis: Diagnosis): boolean {
  return (["IPv6", "IPv4"] as const).some((family) => conclusionOf(family, diagnosis).state === "works");
}

/** " (reaches 2 of 5 pods of Service shop/web)": through the Service one dial tells of one pod only. */
function reached(family: Family, symptoms: readonly ReportedSymptom[]): string {
  const behind = symptoms.filter(
    (one) => one.family === family && one.behind !== undefined && one.outcome !== "not-looked",
  );
  const works = behind.filter(worked).length;
  return works === behind.length ? "" : ` (reaches ${works} of ${behind.length} pods of ${behind[0]?.behind})`;
}

function unproven(family: Family, verdicts: readonly Verdict[]): string {
  const possible = verdicts.filter(
    (verdict) => verdict.status === "possible" && !verdict.latent && [family, "both"].includes(verdict.family),
  );
  return `no cause is proven${possible.length > 0 ? `, ${possible.length} possible below` : ""}`;
}

function sentence(text: string): string {
  return `${text.replace(/[.:]$/, "")}.`;
}
