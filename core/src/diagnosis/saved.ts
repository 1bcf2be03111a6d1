import type { Subject } from "../judging/subject.ts";
import type { Observation } from "../probing/probe.ts";

/** All it takes to make a diagnosis again without its cluster. Plain JSON; no verdict is in it. */
export interface Saved {
  readonly kind: "kube-ipv6-diagnosis";
  readonly format: 1;
  readonly context: string;
  readonly subject: Subject;
  readonly observations: readonly Observation[];
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds the looking took, and how often a program was started in a container for it. */
  readonly took: number;
  readonly execs: number;
}

export function saved(diagnosis: Omit<Saved, "kind" | "format">): Saved {
  const { context, subject, observations, startedAt, took, execs } = diagnosis;
  return { kind: "kube-ipv6-diagnosis", format: 1, context, subject, observations, startedAt, took, execs };
}

/** Reads what was saved; a document that `--format json` printed with its recording will do. A sentence where it is neither. */
export function openSaved(text: string): Saved | string {
  try {
    const parsed = JSON.parse(text) as { readonly recording?: unknown };
    const found = (parsed?.recording ?? parsed) as Partial<Saved> | null;
    if (found?.kind !== "kube-ipv6-diagnosis" || !Array.isArray(found.observations))
      return "this is no diagnosis that was saved";
    if (found.format !== 1) return "this diagnosis was saved by a newer version";
    return isWhole(found) ? (found as Saved) : "this diagnosis was changed, or is damaged";
  } catch (error) {
    return `this is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** What every observation has, whatever was asked. */
function isWhole({ observations = [], subject, context }: Partial<Saved>): boolean {
  return isMapping(subject) && typeof context === "string" && observations.every(isObservation);
}

function isObservation(one: unknown): boolean {
  if (!isMapping(one) || !isMapping(one.vantage) || !isMapping(one.args) || !isMapping(one.answer)) return false;
  const { ok, refusal } = one.answer;
  const words = [one.id, one.probe, one.asked, one.command, one.line, one.access, one.vantage.kind];
  const refused = isMapping(refusal) && [refusal.reason, refusal.message].every((word) => typeof word === "string");
  return words.every((word) => typeof word === "string") && (ok === true || (ok === false && refused));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
