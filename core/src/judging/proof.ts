import type { KubeObject } from "../cluster/cluster.ts";
import type { Question } from "../probing/probe.ts";
import type { Symptom } from "./symptom.ts";

/** Something that was seen: an answered question, a dial, or an object the API has shown. "Could not look" is none. */
export type Ground = Question | Symptom | SceneMember;

/** A pod, a node or a Service of the scene. */
export interface SceneMember {
  readonly object: KubeObject;
}

/** How our own packets were seen to die of a defect, rather than somebody else's, or of something else. */
export interface Death {
  /**
   * - `at once`: the kernel of the pod that dials answered before a packet left it.
   * - `counted`: a counter rose while we dialled, by at least what we sent.
   * - `tuple`: what decides (rules, routes, addresses) was read for the very addresses and port that were dialled.
   * - `control`: a dial that differs in nothing but the defect fares otherwise.
   * - `answer`: the API or a server gave us exactly the answer the defect makes it give.
   */
  readonly how: "at once" | "counted" | "tuple" | "control" | "answer";
  /** The dial or lookup that failed. */
  readonly dial: Ground;
  readonly by: readonly [Ground, ...Ground[]];
  /** For `counted`: by how much. */
  readonly packets?: number;
}

/** Something that would have shown the same, and the observation by which it is not that. */
export interface Alternative {
  /** A cause, or "IPv4", "the other packet filter", "an earlier ACCEPT", "background traffic", "a busy machine". */
  readonly lookalike: string;
  readonly by: readonly [Ground, ...Ground[]];
}

export function isQuestion(ground: Ground): ground is Question {
  return "probe" in ground;
}

export function isSymptom(ground: Ground): ground is Symptom {
  return "outcome" in ground;
}
