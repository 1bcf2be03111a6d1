import type { KubeObject } from "../cluster/cluster.ts";
import type { PolicyRef } from "./model.ts";
import { mapping, string } from "./read.ts";

/** Namespaced policies without a namespace in their manifest land in "default". */
const namespaced = new Set(["NetworkPolicy", "CiliumNetworkPolicy"]);

export function referTo(policy: KubeObject): PolicyRef {
  const { name, namespace } = mapping(policy.metadata);
  const kind = string(policy.kind) ?? "";
  const where = string(namespace) ?? (namespaced.has(kind) ? "default" : undefined);
  return {
    apiVersion: string(policy.apiVersion) ?? "",
    kind,
    name: string(name) ?? "(unnamed)",
    ...(where === undefined ? {} : { namespace: where }),
  };
}

/** `NetworkPolicy default/web`, `GlobalNetworkPolicy guard`. */
export function refText({ kind, namespace, name }: PolicyRef): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
