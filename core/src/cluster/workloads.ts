import type { AbortSignalLike, Answer, KubeObject, Refusal, ResourceType } from "./cluster.ts";

/** What one run creates, as it is written down on this machine before any of it is sent. */
export interface RunRecord {
  /** The name that all of it begins with, and the value of the label that all of it has. */
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  /** On so many nodes. */
  readonly nodes: number;
  /** Seconds after which Kubernetes removes all of it by itself. */
  readonly seconds: number;
}

/** A run of which something is still there. */
export interface LeftRun {
  readonly run: RunRecord;
  readonly context: string;
  readonly server: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** Completes "it is still there: ". */
  readonly why: string;
}

/** The kinds that a run may create; all of them stand in its namespace and have its label. */
export const workloadKinds = {
  Job: { apiVersion: "batch/v1", resource: "jobs" },
  DaemonSet: { apiVersion: "apps/v1", resource: "daemonsets" },
  ConfigMap: { apiVersion: "v1", resource: "configmaps" },
} as const satisfies Readonly<Record<string, ResourceType>>;
export type WorkloadKind = keyof typeof workloadKinds;

/** What Kubernetes' own controllers are to run for one run, and nothing else can be written through it. */
export interface Workloads {
  /** Why it must not be begun, by what the API server says of the user's rights; undefined where nothing stands in the way. */
  hindrance(namespace: string, signal?: AbortSignalLike): Promise<Refusal | undefined>;
  /** Writes the run down; nothing is created without. */
  begin(run: RunRecord): Answer<undefined>;
  /** Creates one object of a run that was begun: as the server has it. */
  create(run: RunRecord, kind: WorkloadKind, body: KubeObject, signal?: AbortSignalLike): Promise<Answer<KubeObject>>;
  /** Asks for one object of it to be deleted, and does not wait. */
  remove(run: RunRecord, kind: WorkloadKind, name: string): Promise<void>;
  /** Removes all that has the label of a run begun here, and waits until its pods are gone; what is still there is returned. */
  removeAll(): Promise<readonly LeftRun[]>;
  /** The same for runs of processes that are gone. */
  sweep(): Promise<readonly LeftRun[]>;
}
