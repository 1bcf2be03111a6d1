import type { Patch, WantedMend } from "../cluster/changes.ts";
import type { AbortSignalLike, Cluster, KubeObject, ResourceType } from "../cluster/cluster.ts";

/** What a way may ask before it proposes anything. */
export interface MendContext {
  readonly cluster: Cluster;
  readonly wanted: WantedMend;
  /** NAMESPACE/NAME of the pod that a diagnosis has dialled from. */
  readonly from?: string;
  readonly signal?: AbortSignalLike;
}

/** Why something is not offered: what would come of it. */
export interface Not {
  readonly not: string;
}

/** One way to mend, by one change of one object. Its file's name is its id. */
export interface MendWay {
  readonly kind: string;
  /** Where the API keeps it; the first that is served and has the object. */
  readonly types: readonly [ResourceType, ...ResourceType[]];
  /** What is changed; completes "it ". */
  readonly says: string;
  /** What it does besides, to who meant what is written there; sentences. */
  besides(object: KubeObject): readonly string[];
  /** It takes away what does not work, and nothing comes in its place: that nobody is sent there any more is all it is to do. */
  readonly takesAway?: true;
  /** Seconds until it is in force everywhere. */
  readonly settles: number;
  /** What a person has to do before it is in force; the arguments of a kubectl. */
  afterwards?(object: KubeObject): readonly string[];
  /** Made of the object as it is now. */
  patch(object: KubeObject, around: MendContext): Promise<Patch | Not>;
  /** What the server's dry run has to show: why it would be of no use. */
  lacks?(after: KubeObject): string | undefined;
}

export function notOffered(why: string): Not {
  return { not: why };
}
