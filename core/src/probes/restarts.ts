import type { KubeObject } from "../cluster/cluster.ts";
import { getting } from "../probing/api-probe.ts";
import { keepPod } from "../probing/redact.ts";

/** How often the containers of a pod were started again, asked when everything else has been. */
export const probe = getting<{ readonly namespace: string; readonly name: string }>({
  id: "restarts",
  type: { apiVersion: "v1", resource: "pods" },
  asks: ({ namespace, name }) => `the restarts of pod ${namespace}/${name} after it was looked at`,
  keep: keepPod,
  line: (pod) => {
    const counts = Object.entries(restartsIn(pod)).map(([container, { count }]) => `${container} ${count}`);
    return `restarts: ${counts.join(", ") || "no container"}`;
  },
});

export interface Restarts {
  readonly count: number;
  /** "OOMKilled", of the last time it ended. */
  readonly reason: string | undefined;
}

/** By container; one whose count nobody says is left out. */
export function restartsIn(pod: KubeObject): Readonly<Record<string, Restarts>> {
  const statuses = (pod.status?.containerStatuses ?? []) as ContainerStatus[];
  return Object.fromEntries(
    statuses.flatMap(({ name, restartCount: count, lastState }) =>
      count === undefined ? [] : [[name, { count, reason: lastState?.terminated?.reason }] as const],
    ),
  );
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly lastState?: { readonly terminated?: { readonly reason?: string } };
}
