import type { Family } from "../addresses/address.ts";
import type { Access, Refusal } from "../cluster/cluster.ts";
import type { Diagnosis, MayNot, Missing, Verdict } from "../diagnosis/diagnosis.ts";
import { type Saved, saved } from "../diagnosis/saved.ts";
import type { Hop } from "../judging/path.ts";
import type { PathSize } from "../judging/path-size.ts";
import type { Subject } from "../judging/subject.ts";
import type { Outcome } from "../judging/symptom.ts";
import { type Observation, vantageName } from "../probing/probe.ts";
import { printableJson } from "../text/printable.ts";

/** What `diagnose --format json` prints; other programs rely on it. Its schema is docs/diagnose.schema.json. */
export interface DiagnosisDocument {
  /** Changes when a field changes its meaning or goes. */
  readonly format: 2;
  /** Containers that were started again while they were looked at, in sentences: what this diagnosis may have done to them. */
  readonly restarts: readonly string[];
  readonly context: string;
  /** ISO 8601 */
  readonly startedAt: string;
  /** As it was understood: a pod or a Service where either could have been meant. */
  readonly subject: Subject;
  /** What was named and is not there, with what may have been meant; then nothing was dialled. */
  readonly missing: readonly Missing[];
  /** Why there is no conclusion; then there are no causes, excluded ones neither. */
  readonly stopped: Refusal | null;
  /** What is wrong with the pods and nodes of the subject before any packet is sent, in sentences. */
  readonly troubles: readonly string[];
  /** What was forbidden, and the least role that would allow it, as YAML. */
  readonly mayNot: MayNot | null;
  /** What was chosen for the user, and what was found at the start, in sentences. */
  readonly remarks: readonly string[];
  readonly symptoms: readonly DocumentSymptom[];
  readonly path: readonly Hop[];
  /** How large packets may be, there and back, on the ways that were tried for it. */
  readonly sizes: readonly PathSize[];
  /** The answer first: proven causes of what fails, the root cause at the head, then possible ones. Empty where nothing fails. */
  readonly causes: readonly DocumentCause[];
  /** What nothing that was tried fails of, yet. */
  readonly latent: readonly DocumentCause[];
  readonly excluded: readonly { readonly id: string; readonly code: string; readonly says: string }[];
  readonly unknown: readonly DocumentUnknown[];
  /** Requests to the API, and programs started in containers. */
  readonly asked: { readonly api: number; readonly exec: number };
  readonly ms: number;
  /** What was created in the cluster and is still there. */
  readonly left: readonly string[];
  readonly cancelled: boolean;
  /** Only where it was asked for: a diagnosis can be made again from it. */
  readonly recording?: Saved;
}

export interface DocumentSymptom {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly family: Family;
  readonly outcome: Outcome;
  /** ENETUNREACH and the like; null where connect() gave none */
  readonly errno: string | null;
  readonly ms: number | null;
  readonly failed: boolean;
  readonly text: string;
}

export interface DocumentCause {
  readonly id: string;
  /** Its one number in the catalogue of faults. */
  readonly code: string;
  readonly verdict: "proven" | "possible";
  readonly family: Family | "both";
  readonly says: string;
  /** What decided comes first. */
  readonly evidence: readonly {
    readonly vantage: string;
    readonly access: Observation["access"];
    readonly command: string;
    readonly seen: string;
  }[];
  readonly fix: string | null;
  readonly confirm: string | null;
  /** Of a possible cause: what would prove it. */
  readonly missing: string | null;
  /** Ids of the symptoms it accounts for. */
  readonly explains: readonly string[];
}

export interface DocumentUnknown {
  readonly id: string;
  readonly code: string;
  readonly why: string;
  /** The access level that could tell. */
  readonly needs: Access;
}

/** The diagnosis for other programs, with what it takes to make it again if that is wanted. */
export function diagnosisToJson(diagnosis: Diagnosis, options: { readonly recording?: boolean } = {}): string {
  return `${printableJson(JSON.stringify(diagnosisDocument(diagnosis, options), null, 2))}\n`;
}

export function diagnosisDocument(diagnosis: Diagnosis, { recording = false } = {}): DiagnosisDocument {
  const { context, startedAt, subject, chosen, symptoms, path, verdicts, observations, execs, took } = diagnosis;
  const of = (status: Verdict["status"]) => verdicts.filter((verdict) => verdict.status === status);
  const causes = [...of("proven"), ...of("possible")];
  return {
    format: 2,
    restarts: diagnosis.restarts,
    context,
    startedAt: new Date(startedAt).toISOString(),
    subject,
    missing: diagnosis.missing,
    stopped: diagnosis.stopped ?? null,
    troubles: diagnosis.troubles,
    mayNot: diagnosis.mayNot ?? null,
    remarks: chosen,
    symptoms: symptoms.map(({ id, from, to, family, outcome, errno = null, ms = null, failed, text }) => {
      return { id, from, to, family, outcome, errno, ms, failed, text };
    }),
    path,
    sizes: diagnosis.sizes,
    causes: causes.filter(({ latent }) => !latent).map((verdict) => documentCause(verdict, diagnosis)),
    latent: causes.filter(({ latent }) => latent).map((verdict) => documentCause(verdict, diagnosis)),
    excluded: of("excluded").map(({ cause, code, because }) => ({ id: cause, code, says: because })),
    unknown: of("unknown").map(({ cause, code, because, needs = "exec" }) => ({
      id: cause,
      code,
      why: because,
      needs,
    })),
    asked: { api: observations.filter(({ access }) => access === "api").length, exec: execs },
    ms: took,
    left: diagnosis.left,
    cancelled: diagnosis.cancelled,
    ...(recording ? { recording: saved(diagnosis) } : {}),
  };
}

function documentCause(verdict: Verdict, { observations }: Diagnosis): DocumentCause {
  const {
    cause,
    code,
    status,
    family,
    summary,
    because,
    evidence,
    fix = null,
    confirm = null,
    missing = null,
    explains,
  } = verdict;
  const seen = evidence.flatMap(({ observation, line }) => {
    const found = observations.find(({ id }) => id === observation);
    return found
      ? [{ vantage: vantageName(found.vantage), access: found.access, command: found.command, seen: line }]
      : [];
  });
  return {
    id: cause,
    code,
    verdict: status === "proven" ? "proven" : "possible",
    family,
    says: `${summary}: ${because}`,
    evidence: seen,
    fix,
    confirm,
    missing,
    explains,
  };
}
