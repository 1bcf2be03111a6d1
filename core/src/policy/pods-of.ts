import type { KubeObject } from "../cluster/cluster.ts";
import { asText } from "../text/as-text.ts";
import type { PodEndpoint } from "./model.ts";
import { isMapping, type Json, list, mapping, number, string, strings } from "./read.ts";
import { flatten } from "./surroundings.ts";

/** The pods that objects are or would make, in the order given. The labels of their namespaces are looked up where they matter. */
export function podsOf(objects: readonly KubeObject[]): PodEndpoint[] {
  return flatten(objects).flatMap((object) => podEndpoint(object) ?? []);
}

/**
 * A Pod, or the pod that a workload (Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job, CronJob) would make, as
 * one end of a flow; undefined for any other object. A pod that does not run yet has no addresses.
 */
export function podEndpoint(object: KubeObject): PodEndpoint | undefined {
  const { metadata, spec } = object.kind === "Pod" ? object : template(object);
  if (!isMapping(spec)) return undefined;
  const own = mapping(object.metadata);
  const name = string(own.name);
  const node = string(spec.nodeName);
  return {
    kind: "pod",
    namespace: string(own.namespace) ?? "default",
    ...(name === undefined ? {} : { name }),
    labels: labelsOf(mapping(metadata)),
    ips: object.kind === "Pod" ? addresses(mapping(object.status)) : [],
    hostNetwork: spec.hostNetwork === true,
    containerPorts: containerPorts(spec),
    serviceAccount: string(spec.serviceAccountName) ?? "default",
    ...(node === undefined ? {} : { node }),
  };
}

const workloads = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"]);

function template({ kind, spec }: KubeObject): Json {
  if (kind === "CronJob") return mapping(mapping(mapping(mapping(spec).jobTemplate).spec).template);
  return workloads.has(asText(kind)) ? mapping(mapping(spec).template) : {};
}

function labelsOf(metadata: Json): Record<string, string> {
  const labels = Object.entries(mapping(metadata.labels)).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(labels) as Record<string, string>;
}

function addresses(status: Json): string[] {
  const all = list(status.podIPs).flatMap((entry) => string(mapping(entry).ip) ?? []);
  return all.length > 0 ? all : strings([status.podIP]).map(({ text }) => text);
}

/** Init containers that keep running (`restartPolicy: Always`) serve ports as well. */
function containerPorts(spec: Json): NonNullable<PodEndpoint["containerPorts"]> {
  const containers = [...list(spec.initContainers), ...list(spec.containers)];
  return containers.flatMap((container) =>
    list(mapping(container).ports).flatMap((port) => {
      const { name, containerPort, protocol } = mapping(port);
      const value = number(containerPort);
      if (value === undefined) return [];
      return [
        {
          containerPort: value,
          protocol: string(protocol) ?? "TCP",
          ...(typeof name === "string" ? { name } : {}),
        },
      ];
    }),
  );
}
