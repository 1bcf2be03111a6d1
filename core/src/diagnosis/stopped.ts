import type { Refusal, RefusalReason } from "../cluster/cluster.ts";
import { type Symptom, worked } from "../judging/symptom.ts";
import type { Observation } from "../probing/probe.ts";
import type { Trouble } from "./troubles.ts";

/** Reasons for which every further question would be refused as well. */
const hopeless: readonly RefusalReason[] = ["unreachable", "tls", "timeout", "unauthorized", "config", "untrusted"];

/** Why nothing at all can be asked of the cluster; undefined once anything was answered. */
export function outOfReach(observations: readonly Observation[]): Refusal | undefined {
  const refusals = observations.flatMap(({ answer }) => (answer.ok ? [] : [answer.refusal]));
  if (refusals.length < observations.length) return undefined;
  return refusals.find(({ reason }) => hopeless.includes(reason));
}

export const cancelled: Refusal = {
  reason: "cancelled",
  message: "The diagnosis was cancelled before it came to a conclusion.",
};

const shown = "kubectl auth can-i --list shows what you have.";

/** Of an exec it matters which of two verbs is missing, and that kubectl may do with one. */
function remedyOf({ access, remedy }: { readonly access: string; readonly remedy?: string }): string {
  return access === "api" || remedy === undefined
    ? `Ask for the role below; ${shown}`
    : `${remedy} The role below has both; ${shown}`;
}

interface Outcome {
  readonly observations: readonly Observation[];
  readonly symptoms: readonly Symptom[];
  readonly troubles: readonly Trouble[];
  readonly chosen: readonly string[];
}

/**
 * Why there is no conclusion: nothing was dialled, and nothing that the API shows explains it. Then there is one sentence to say and no
 * report, because whatever was judged was judged of nothing.
 */
export function withoutConclusion({ observations, symptoms, troubles, chosen }: Outcome): Refusal | undefined {
  if (symptoms.some((symptom) => symptom.failed || worked(symptom))) return undefined;
  const dead = troubles.find((trouble) => trouble.dead);
  if (dead) return { reason: "not-running", message: dead.text };
  const refusals = observations.flatMap(({ access, probe, answer }) =>
    answer.ok ? [] : [{ access, probe, ...answer.refusal }],
  );
  const seen = symptoms.find(({ outcome }) => outcome === "not-looked");
  const gone = symptoms.find((symptom) => symptom.gone);
  if (gone) return { reason: "not-found", message: gone.text, remedy: "Ask again: the cluster has changed since." };
  const refusal =
    refusals.find(({ message }) => message === seen?.text) ??
    refusals.find(({ access, reason }) => access !== "api" && reason !== "not-found") ??
    refusals.find(({ probe, reason }) => reason === "forbidden" && probe === "pod") ??
    // Where the cluster's may not be listed, the namespace's were tried.
    refusals.findLast(({ probe, reason }) => reason === "forbidden" && probe === "pods") ??
    refusals.find(({ reason }) => reason === "forbidden") ??
    refusals.findLast(({ probe, reason }) => /^pods?$/.test(probe) && reason !== "not-found");
  if (refusal?.reason === "forbidden")
    return { reason: "forbidden", message: refusal.message, remedy: remedyOf(refusal) };
  // The first that was tried was the likeliest; the last is a pod nobody expected anything of.
  const [likeliest] = chosen.filter((line) => line.includes(" was passed over: "));
  if (refusal && likeliest)
    return {
      reason: refusal.reason,
      message: `none of the pods that were tried can be dialled from; the first, ${likeliest.replace(" was passed over: ", ": ")}`,
      remedy: refusal.remedy ?? "Name another pod to dial from.",
    };
  if (refusal) {
    const { access: _access, probe: _probe, ...rest } = refusal;
    return rest;
  }
  const message =
    chosen.findLast((line) => /nothing could be dialled|to dial from/.test(line)) ?? "there was nothing to dial";
  return { reason: "not-found", message };
}
