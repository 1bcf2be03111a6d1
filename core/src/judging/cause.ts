import type { Family } from "../addresses/address.ts";
import type { WantedMend } from "../cluster/changes.ts";
import type { Access } from "../cluster/cluster.ts";
import type { Asking } from "../probing/probe.ts";
import type { Alternative, Death, Ground } from "./proof.ts";
import type { Scene } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/** Where in the stack a cause lives; of two proven causes the lower layer is named first. */
export const layers = [
  "cluster",
  "node",
  "kernel",
  "link",
  "address",
  "route",
  "firewall",
  "policy",
  "service",
  "dns",
  "application",
] as const;
export type Layer = (typeof layers)[number];

/** What a cause gets to judge. */
export interface Case {
  readonly scene: Scene;
  readonly symptoms: readonly Symptom[];
  /** The symptoms that are failures. */
  readonly failures: readonly Symptom[];
  /** Seconds a dial waited. */
  readonly patience: number;
}

/** A root cause. Its file's name is its id. */
export interface Cause {
  readonly layer: Layer;
  /** A sentence that is true when the cause is proven. */
  readonly summary: string;
  /** Why this breaks IPv6, for the documentation. */
  readonly why: string;
  /** The document the judgement rests on. */
  readonly source: string;
  /** Causes with the same symptoms; `judge` says what tells them apart. */
  readonly looksLike: readonly string[];
  /** Its one number in the catalogue of faults; no other cause has it. */
  readonly code: string;
  /** Never proven, since no packet of ours is seen to die of it: it is possible, or noticed while all works. */
  readonly unprovable?: true;
  judge(subject: Case): Asking<Judgement>;
}

export type Status = "proven" | "excluded" | "possible" | "unknown";

/** What a person may type to mend it. */
export interface FixCommand {
  /** Where it is typed; without a node it is the arguments of a kubectl. */
  readonly node?: string;
  readonly argv: readonly string[];
}

export interface Judgement {
  /** It is told though nothing that was tried fails of it. */
  readonly noticed?: true;
  readonly status: Status;
  readonly family: Family | "both";
  /** One sentence with the decisive observation in it. */
  readonly because: string;
  /** What to change; never a command the API server would refuse. */
  readonly fix?: string;
  /** The part of it that is a command, whole, and that does nothing else. */
  readonly commands?: readonly FixCommand[];
  /** The change of an object by which the API itself mends it, for who is asked and agrees. */
  readonly mend?: WantedMend;
  /** How to see that it worked. */
  readonly confirm?: string;
  /** Ids of the symptoms this explains; absent: every failure of its family. */
  readonly explains?: readonly string[];
  /** For `unknown`: the access level that could tell. */
  readonly needs?: Access;
  /** For `possible`: what would prove it. */
  readonly missing?: string;
  /** What was seen that a proof or an exclusion rests on. */
  readonly rests?: readonly Ground[];
  readonly died?: Death;
}

export type Remedy = Pick<Judgement, "fix" | "commands" | "mend" | "confirm" | "explains"> & {
  readonly family?: Family | "both";
};

/**
 * What a proof cannot do without, beside the defect itself: our own packets, and what would have looked the same. The
 * engine checks that all of it was really seen.
 */
export interface Proof extends Remedy {
  readonly died: Death;
  readonly instead: readonly [Alternative, ...Alternative[]];
  readonly explains: readonly string[];
}

export function proven(because: string, { died, instead, ...remedy }: Proof): Judgement {
  const rests = [...died.by, ...instead.flatMap(({ by }) => by)];
  return { status: "proven", family: "IPv6", because, ...remedy, died, rests };
}

/** `missing` says what would make a proof of it. */
export function possible(because: string, remedy: Remedy & Pick<Judgement, "missing"> = {}): Judgement {
  return { status: "possible", family: "IPv6", because, ...remedy };
}

/** What works now and will not, or is not as the API tells: nothing that was tried fails of it. */
export function noticed(because: string, remedy: Pick<Remedy, "fix" | "confirm" | "family">): Judgement {
  return { ...possible(because, { ...remedy, explains: [] }), noticed: true };
}

/** What begins the reason of a verdict that would rest on nothing. */
export const untold = "nothing was looked at that could tell";

/** Rests on what was seen; nothing seen is nothing said, so without an observation it is unknown. */
export function excluded(because: string, on: readonly Ground[], family: Family | "both" = "IPv6"): Judgement {
  if (on.length === 0) return unknown(`${untold} (${because})`, family);
  return { status: "excluded", family, because, rests: on };
}

export function unknown(because: string, family: Family | "both" = "IPv6"): Judgement {
  return { status: "unknown", family, because };
}
