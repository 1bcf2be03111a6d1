import type { ObjectRef } from "../tree/row.ts";
import { types } from "../tree/view.ts";

/** The object of the cluster that words of a report mean; undefined for any other words. */
export function objectOf(where: string): ObjectRef | undefined {
  const [, kind, place = ""] = /^(node|pod|Service) ([a-z0-9./-]+)$/.exec(where) ?? [];
  if (kind === "node") return { ...types.nodes, kind: "Node", name: place };
  const [namespace, name, ...more] = place.split("/");
  if (kind === undefined || !namespace || !name || more.length > 0) return undefined;
  return kind === "pod"
    ? { ...types.pods, kind: "Pod", namespace, name }
    : { ...types.services, kind: "Service", namespace, name };
}
