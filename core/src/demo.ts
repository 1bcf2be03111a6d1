import { type Diagnosis, type Observation, replay, type Subject } from "./diagnosis.ts";
import type { Recording } from "./recording.ts";

/** A recorded cluster with a fault in it: what its API said, and what a diagnosis observed. Plain JSON, `demo/cluster.json`. */
export interface Demo {
  readonly recording: Recording;
  readonly subject: Subject;
  readonly observations: readonly Observation[];
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Judges the recorded observations anew, as every diagnosis does; nothing in it is a saved verdict. */
export function diagnoseDemo({ recording, subject, observations, startedAt }: Demo): Promise<Diagnosis> {
  return replay(observations, subject, { context: recording.context, startedAt });
}
