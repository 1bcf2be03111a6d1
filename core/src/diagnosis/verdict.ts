import type { Family } from "../addresses/address.ts";
import type { WantedMend } from "../cluster/changes.ts";
import type { Access } from "../cluster/cluster.ts";
import { type FixCommand, type Layer, layers, type Status, unknown } from "../judging/cause.ts";
import { isQuestion } from "../judging/proof.ts";
import type { Symptom } from "../judging/symptom.ts";
import { type Observation, questionId } from "../probing/probe.ts";
import { explains, type Judged } from "./judge.ts";
import { tellingFirst } from "./telling.ts";

export interface Evidence {
  /** The observation's id. */
  readonly observation: string;
  /** Its answer in one line. */
  readonly line: string;
}

export interface Verdict {
  readonly cause: string;
  readonly layer: Layer;
  /** A sentence that is true if the verdict is `proven`. */
  readonly summary: string;
  readonly source: string;
  readonly code: string;
  readonly status: Status;
  readonly family: Family | "both";
  /** The decisive observation in a sentence. */
  readonly because: string;
  readonly evidence: readonly Evidence[];
  /** Ids of the failed symptoms it accounts for, or would if it were proven. */
  readonly explains: readonly string[];
  /** Nothing that was tried fails of it. */
  readonly latent: boolean;
  readonly fix?: string;
  readonly commands?: readonly FixCommand[];
  readonly mend?: WantedMend;
  readonly confirm?: string;
  /** For `possible`: what would prove it. */
  readonly missing?: string;
  /** For `unknown`: the access level that could tell. */
  readonly needs?: Access;
}

/** What one cause came to, for the report; `observations` by their ids. */
export function verdictOf(
  { id, cause, judgement: told, asked }: Judged,
  observations: ReadonlyMap<string, Observation>,
  failed: readonly Symptom[],
): Verdict {
  const judgement = meetsNothing(told)
    ? unknown(`${told.because}; nothing that fails was seen to meet it`, told.family)
    : told;
  const { fix, commands, mend, confirm, missing, status, family, because, needs } = judgement;
  const seen = asked.flatMap((one) => observations.get(one) ?? []);
  const named = status === "proven" || status === "possible";
  const explained = named ? failed.filter((failure) => explains(judgement, failure)) : [];
  return {
    cause: id,
    layer: cause.layer,
    summary: cause.summary,
    source: cause.source,
    code: cause.code,
    status,
    family,
    because,
    evidence: tellingFirst(seen, decisive(judgement)).map(({ id: observation, line }) => ({ observation, line })),
    explains: explained.map((failure) => failure.id),
    latent: named && explained.length === 0,
    ...(fix ? { fix } : {}),
    ...(commands ? { commands } : {}),
    // What is likely only is looked into first.
    ...(mend && status === "proven" ? { mend } : {}),
    ...(confirm ? { confirm } : {}),
    ...(missing ? { missing } : {}),
    ...(needs ? { needs } : {}),
  };
}

/** What was meant for a failure, and meets none of those there are: that is no warning of what will fail. */
function meetsNothing({ status, explains: ids, noticed }: Judged["judgement"]): boolean {
  return status === "possible" && ids?.length === 0 && !noticed;
}

/** The ids of the observations by which our own packets were seen to die. */
function decisive({ died }: Judged["judgement"]): string[] {
  return (died?.by ?? []).flatMap((ground) => (isQuestion(ground) ? [questionId(ground)] : []));
}

/**
 * What is possible beside a proven cause that explains the same failures may as well be its consequence: it is left open, and
 * not put in front of anybody.
 */
export function settled(verdicts: readonly Verdict[]): Verdict[] {
  const proven = verdicts.filter(({ status, latent }) => status === "proven" && !latent);
  const accounted = new Set(proven.flatMap(({ explains: ids }) => ids));
  const names = proven.map(({ cause }) => cause).join(", ");
  return verdicts.map((verdict) => {
    const { status, latent, because, explains: ids } = verdict;
    if (status !== "possible" || latent || !ids.every((id) => accounted.has(id))) return verdict;
    const open = `${because}; not looked into further: ${names} explains what fails`;
    return { ...verdict, status: "unknown", because: open, explains: [] };
  });
}

const statuses: readonly Status[] = ["proven", "possible", "unknown", "excluded"];

/** Of several proven causes the one that explains a failure leads, and of those the one deepest in the stack. */
export function ordered(verdicts: readonly Verdict[]): Verdict[] {
  const rank = ({ status, explains: ids, layer }: Verdict) =>
    statuses.indexOf(status) * 1000 + (status === "proven" && ids.length === 0 ? 100 : 0) + layers.indexOf(layer);
  return [...verdicts].sort((a, b) => rank(a) - rank(b));
}
