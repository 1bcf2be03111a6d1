import type { KubeObject } from "../cluster/cluster.ts";
import { getting } from "../probing/api-probe.ts";
import { keepPod } from "../probing/redact.ts";

export interface StillThere {
  readonly namespace: string;
  readonly name: string;
  /** After it was dialled once more. */
  readonly again?: true;
}

/** A pod as it is once a dial of it has failed: in a rollout it may be gone by then. */
export const probe = getting<StillThere>({
  id: "still-there",
  type: { apiVersion: "v1", resource: "pods" },
  asks: ({ namespace, name }) => `whether pod ${namespace}/${name} is still there`,
  keep: keepPod,
  line: (pod) =>
    isLeaving(pod) ? "it is being deleted" : `it is ${pod.status?.phase}, with ${addressesNow(pod).join(", ")}`,
});

export function isLeaving({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}

export function addressesNow({ status }: KubeObject): string[] {
  return ((status?.podIPs ?? []) as { ip: string }[]).map(({ ip }) => ip);
}
