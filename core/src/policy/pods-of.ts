import type { KubeObject } from "../cluster.ts";
import type { PodEndpoint } from "./model.ts";

/**
 * The pods that objects are or make: Pods with their addresses, and a stand-in for the pods of each workload. Objects
 * without a namespace count as in "default".
 */
export function podsOf(objects: readonly KubeObject[]): PodEndpoint[] {
  const namespaces = new Map(objects.filter(({ kind }) => kind === "Namespace").map((object) => [object.metadata?.name, object]));
  return objects.flatMap((object) => {
    const pod = template(object);
    if (!pod) return [];
    const namespace = object.metadata?.namespace ?? "default";
    const namespaceLabels = namespaces.get(namespace)?.metadata.labels;
    const ips = object.kind === "Pod" && Array.isArray(object["status"]?.podIPs) ? object["status"].podIPs : [];
    return [
      {
        kind: "pod",
        namespace,
        name: object.metadata?.name ?? "",
        labels: textValues(pod.metadata?.labels),
        ...(namespaceLabels ? { namespaceLabels: textValues(namespaceLabels) } : {}),
        ips: ips.flatMap((entry: { ip?: unknown }) => (typeof entry?.ip === "string" ? [entry.ip] : [])),
        hostNetwork: pod.spec?.hostNetwork === true,
        containerPorts: portsOf(pod.spec),
        ...(typeof pod.spec?.serviceAccountName === "string" ? { serviceAccount: pod.spec.serviceAccountName } : {}),
        ...(typeof pod.spec?.nodeName === "string" ? { node: pod.spec.nodeName } : {}),
      } satisfies PodEndpoint,
    ];
  });
}

const workloads = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"];

// biome-ignore lint/suspicious/noExplicitAny: the shape is a manifest's; what is read is checked
function template(object: KubeObject): any {
  if (object.kind === "Pod") return object;
  if (object.kind === "CronJob") return object["spec"]?.jobTemplate?.spec?.template;
  return workloads.includes(object.kind ?? "") ? object["spec"]?.template : undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function portsOf(spec: any): { name?: string; containerPort: number; protocol?: string }[] {
  const containers = Array.isArray(spec?.containers) ? spec.containers : [];
  return containers
    .flatMap((container: { ports?: unknown }) => (Array.isArray(container?.ports) ? container.ports : []))
    .filter((port: { containerPort?: unknown }) => typeof port?.containerPort === "number");
}

function textValues(labels: unknown): Record<string, string> {
  const entries = typeof labels === "object" && labels !== null ? Object.entries(labels) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
