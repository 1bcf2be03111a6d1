import type { KubeObject } from "../cluster/cluster.ts";
import type { PodEndpoint } from "../policy/model.ts";
import { podEndpoint } from "../policy/pods-of.ts";
import { mapping, string } from "../policy/read.ts";
import { flatten } from "../policy/surroundings.ts";
import { workloadName } from "../policy/workload-name.ts";
import { asText } from "../text/as-text.ts";

/** A workload, its pods, and what they are made after. */
export interface Workload {
  /** `Deployment shop/web` */
  readonly name: string;
  readonly namespace: string;
  /** The pods that run; of a file, what the workload would make. */
  readonly pods: readonly PodEndpoint[];
  readonly objects: readonly KubeObject[];
  /** The pod spec, as JSON. */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly labels: Readonly<Record<string, string>>;
}

const kinds = [
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "ReplicationController",
  "Job",
  "CronJob",
  "Pod",
];

/** Pods on the host's network speak with their node's addresses, and are left out; so are ended ones. */
export function workloadsOf(objects: readonly KubeObject[]): readonly Workload[] {
  const given = flatten(objects).filter(({ kind }) => kinds.includes(asText(kind)));
  const running = given.some((object) => object.kind === "Pod" && string(mapping(object.status).podIP) !== undefined);
  const groups = new Map<string, { object: KubeObject; pod: PodEndpoint }[]>();
  for (const object of given) {
    if (running ? object.kind !== "Pod" || ["Succeeded", "Failed"].includes(object.status?.phase) : isOwned(object))
      continue;
    const pod = podEndpoint(object);
    if (!pod || pod.hostNetwork) continue;
    const name = workloadName(object, pod);
    groups.set(name, [...(groups.get(name) ?? []), { object, pod }]);
  }
  return [...groups].map(([name, members]) => {
    const [first] = members as [(typeof members)[number]];
    return {
      name,
      namespace: first.pod.namespace,
      pods: members.map(({ pod }) => pod),
      objects: members.map(({ object }) => object),
      spec: specOf(first.object),
      labels: first.pod.labels,
    };
  });
}

function isOwned({ metadata }: KubeObject): boolean {
  return (metadata.ownerReferences ?? []).some(({ controller }) => controller === true);
}

function specOf({ kind, spec }: KubeObject): Readonly<Record<string, unknown>> {
  if (kind === "Pod") return mapping(spec);
  const template =
    kind === "CronJob" ? mapping(mapping(mapping(spec).jobTemplate).spec).template : mapping(spec).template;
  return mapping(mapping(template).spec);
}
