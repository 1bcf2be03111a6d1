import { getting } from "../probing/api-probe.ts";
import { keepPod } from "../probing/redact.ts";

/** One pod: its addresses in both families, its node and its ports. */
export const probe = getting<{ readonly namespace: string; readonly name: string }>({
  id: "pod",
  type: { apiVersion: "v1", resource: "pods" },
  asks: ({ namespace, name }) => `pod ${namespace}/${name}`,
  // Which of several that had the name one after the other.
  keep: (pod) => {
    const { metadata, ...rest } = keepPod(pod);
    return { ...rest, metadata: { ...metadata, ...(pod.metadata.uid ? { uid: pod.metadata.uid } : {}) } };
  },
  line: ({ status, spec }) => {
    const ips = (status.podIPs as { ip: string }[]).map(({ ip }) => ip).join(", ");
    return `${status.phase} on ${spec.nodeName ?? "no node"}, podIPs ${ips || "none"}`;
  },
});
