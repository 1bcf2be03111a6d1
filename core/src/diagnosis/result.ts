import type { Family } from "../addresses/address.ts";
import type { Refusal } from "../cluster/cluster.ts";
import type { Hop } from "../judging/path.ts";
import type { PathSize } from "../judging/path-size.ts";
import type { Subject } from "../judging/subject.ts";
import type { Symptom } from "../judging/symptom.ts";
import type { Observation } from "../probing/probe.ts";
import type { MayNot } from "./least-role.ts";
import type { Missing } from "./missing.ts";
import type { NotLookedAt } from "./not-looked.ts";
import type { Verdict } from "./verdict.ts";

/** A symptom as the report knows it: JSON, without the objects it was made from. */
export type ReportedSymptom = Omit<Symptom, "flow" | "name">;

export interface FamilySummary {
  readonly works: readonly string[];
  readonly fails: readonly string[];
}

/** Plain JSON. */
export interface Diagnosis {
  readonly context: string;
  /** As it was understood: a pod or a Service where either could have been meant. */
  readonly subject: Subject;
  /** Containers that were started again while they were looked at, in sentences: the first thing to say. */
  readonly restarts: readonly string[];
  /** What was named and is not there; then nothing was dialled. */
  readonly missing: readonly Missing[];
  /** Why there is no conclusion; then there are no verdicts either. */
  readonly stopped?: Refusal;
  /** What is wrong with the pods and nodes of the subject before any packet is sent. */
  readonly troubles: readonly string[];
  readonly mayNot?: MayNot;
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
  /** How large packets may be on the ways that were tried for it. */
  readonly sizes: readonly PathSize[];
  readonly notLooked: readonly NotLookedAt[];
  readonly observations: readonly Observation[];
  /** How often a program was started in a container. */
  readonly execs: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds. */
  readonly took: number;
  /** What was created in the cluster and is still there, or still listed, in sentences. */
  readonly left: readonly string[];
  readonly cancelled: boolean;
}
