import type { KubeObject } from "../cluster/cluster.ts";
import { listing } from "../probing/api-probe.ts";

/** What the cluster says happened to one pod: why it is not scheduled, why its image or its network is not there. */
export const probe = listing<{ readonly namespace: string; readonly pod: string }>({
  id: "events",
  type: { apiVersion: "v1", resource: "events" },
  kind: "Event",
  asks: ({ namespace, pod }) => `the events of pod ${namespace}/${pod}`,
  select: ({ namespace, pod }) => ({
    namespace,
    fieldSelector: `involvedObject.kind=Pod,involvedObject.name=${pod}`,
  }),
  keep: ({ metadata, involvedObject, type, reason, message, count, lastTimestamp, eventTime }: KubeObject) => ({
    metadata: { name: metadata.name, ...(metadata.namespace ? { namespace: metadata.namespace } : {}) },
    // A pod of a StatefulSet has the name of the one before.
    ...(involvedObject?.uid ? { involvedObject: { uid: involvedObject.uid } } : {}),
    type,
    reason,
    message,
    ...(count ? { count } : {}),
    lastTimestamp: lastTimestamp ?? eventTime,
  }),
});
