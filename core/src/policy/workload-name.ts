import type { KubeObject } from "../cluster/cluster.ts";
import type { PodEndpoint } from "./model.ts";

/** `Deployment shop/web`: what made a pod. That of a ReplicaSet which a Deployment made is called after the Deployment. */
export function workloadName({ kind, metadata }: KubeObject, { namespace, name, labels }: PodEndpoint): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (!owner) return `${kind} ${namespace}/${name ?? "(unnamed)"}`;
  const hash = labels["pod-template-hash"];
  const made = owner.kind === "ReplicaSet" && hash !== undefined && owner.name.endsWith(`-${hash}`);
  return made
    ? `Deployment ${namespace}/${owner.name.slice(0, -hash.length - 1)}`
    : `${owner.kind} ${namespace}/${owner.name}`;
}
