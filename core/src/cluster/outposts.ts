import type { AbortSignalLike, Access, Answer, KubeObject, Refusal } from "./cluster.ts";

/** The levels at which something of our own has to be created to look from. */
export type Outlook = Exclude<Access, "api" | "exec">;

/** Something of our own to look from: a pod, or an ephemeral container in a pod that is there. */
export interface Outpost {
  readonly level: Outlook;
  readonly namespace: string;
  /** The pod that is created; for `ephemeral` the one that gets another container. */
  readonly pod: string;
  readonly container: string;
  readonly node: string;
  readonly image: string;
  /** Seconds after which it ends by itself, whatever became of us. */
  readonly seconds: number;
  /** It may take packets (NET_RAW), which no other ephemeral container of ours may. */
  readonly captures?: true;
  /** The pod it looks in place of or into; absent where it looks at its node. */
  readonly of?: { readonly namespace: string; readonly name: string };
  /** What is sent, word for word: a Pod, or a strategic merge patch of `ephemeralcontainers`. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Something that was created and is still there, or still listed. */
export interface Left {
  readonly outpost: Omit<Outpost, "body">;
  readonly context: string;
  readonly server: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** Completes "it is still there: ". */
  readonly why: string;
}

/**
 * The only way to write to a cluster, and no part of {@link Cluster}: who holds that one alone can write nothing. Nothing is
 * created that was not written down on this machine first.
 */
export interface Outposts {
  /** Why it must not be created, by what the API server says of the user's rights; undefined where nothing stands in the way. */
  hindrance(outpost: Outpost, signal?: AbortSignalLike): Promise<Refusal | undefined>;
  /** Creates it and waits until it runs: the pod as it is then. What does not come to run is removed with the rest. */
  create(outpost: Outpost, signal?: AbortSignalLike): Promise<Answer<KubeObject>>;
  /** Removes all that was created through this, whatever was cancelled; what is still there is returned. */
  removeAll(): Promise<readonly Left[]>;
}

/** The label of every pod that is ours, with the pod's own name: by it alone something is known to be ours to delete. */
export const ownerLabel = "kube-ipv6/owner";
