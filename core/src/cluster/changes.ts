import type { AbortSignalLike, Answer, KubeObject, Refusal, ResourceType } from "./cluster.ts";

/** What a cause would have changed by the API itself: a way to mend, and the object it is about. */
export interface WantedMend {
  /** The name of a way, a file of `mends/ways`. */
  readonly mend: string;
  readonly namespace?: string;
  readonly name: string;
  /** NAMESPACE/NAME of the pods it is for, where others are to be left as they are. */
  readonly pods?: readonly string[];
}

/** An object of the API that is changed. */
export interface ObjectPlace {
  readonly type: ResourceType;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** https://www.rfc-editor.org/rfc/rfc7396: a list as a whole, `null` takes away. */
export type Patch = Readonly<Record<string, unknown>>;

/** What the server made of a patch, and what it warns of, in its words. */
export interface Sent {
  readonly object: KubeObject;
  readonly warnings: readonly string[];
}

/** A change that was agreed to, as it stands on record on this machine. */
export interface Change {
  readonly format: 1;
  /** `change-x7k2p9w4qd` */
  readonly id: string;
  /**
   * - `begun`: whether the server has made it is not known yet.
   * - `made`: it has, and nobody has seen yet whether it helped.
   * - `kept`: somebody has seen it, or has left it as it is.
   * - `undoing`: whether the server has undone it is not known yet.
   */
  readonly phase: "begun" | "made" | "kept" | "undoing";
  readonly place: ObjectPlace;
  /** Completes "it ". */
  readonly says: string;
  /** The cause it is to mend, and what was asked: `--from default/a --to svc/web`. */
  readonly cause: string;
  readonly asked: readonly string[];
  readonly patch: Patch;
  /** The object before, and after it was made; without status and bookkeeping. */
  readonly before: KubeObject;
  readonly after?: KubeObject;
  readonly context: string;
  readonly server: string;
  readonly kubeconfig?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly process: { readonly pid: number; readonly started?: string };
}

/**
 * The way to change objects that are not ours, and no part of {@link Cluster} or of Outposts: a diagnosis never holds one. Nothing
 * is sent for good that does not stand on record.
 */
export interface ObjectChanges {
  readonly context: string;
  readonly server: string;
  /** Why it must not be tried, by what the API server says of the user's rights. */
  hindrance(place: ObjectPlace, signal?: AbortSignalLike): Promise<Refusal | undefined>;
  look(place: ObjectPlace, signal?: AbortSignalLike): Promise<Answer<KubeObject>>;
  /** What the server would make of it (`dryRun=All`); nothing is changed. */
  tried(place: ObjectPlace, patch: Patch, signal?: AbortSignalLike): Promise<Answer<Sent>>;
  /** Sends it for good. The version that the object has to have stands in the patch. */
  make(place: ObjectPlace, patch: Patch): Promise<Answer<Sent>>;
  /** The record. Throws where it cannot be written: then nothing may be sent. */
  write(change: Change): void;
  forget(id: string): void;
  records(): readonly Change[];
  /** What a new record begins with. */
  begin(): Pick<Change, "format" | "id" | "context" | "server" | "kubeconfig" | "at" | "process">;
}
