import type { Recording } from "../cluster/recording.ts";
import { type Diagnosis, type Observation, replay, type Subject } from "./diagnosis.ts";

/** A recorded cluster with a fault in it: what its API said, and what a diagnosis observed. Plain JSON, `demo/cluster.json`. */
export interface Demo {
  readonly recording: Recording;
  readonly subject: Subject;
  readonly observations: readonly Observation[];
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds the recording took, and how often a program was started in a container for it. */
  readonly took: number;
  readonly execs: number;
}

/** Judges the recorded observations anew, as every diagnosis does; nothing in it is a saved verdict. */
export async function diagnoseDemo(demo: Demo): Promise<Diagnosis> {
  const { recording, subject, observations, startedAt, took, execs } = demo;
  return { ...(await replay(observations, subject, { context: recording.context, startedAt })), took, execs };
}
