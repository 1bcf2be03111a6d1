import type { ListOptions, ResourceType } from "#core/cluster/cluster.ts";

/** The API's path of a type, of the whole cluster, of one namespace, or of one object. */
export function resourcePath({ apiVersion, resource }: ResourceType, namespace?: string, name?: string): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const inside = namespace === undefined ? "" : `/namespaces/${encodeURIComponent(namespace)}`;
  const object = name === undefined ? "" : `/${encodeURIComponent(name)}`;
  return `${root}${inside}/${resource}${object}`;
}

export function podPath(namespace: string, pod: string, subresource: string): string {
  return `${resourcePath({ apiVersion: "v1", resource: "pods" }, namespace, pod)}/${subresource}`;
}

/** A query of what is defined, in the order given; an array repeats its name. */
export function query(fields: Readonly<Record<string, string | number | readonly string[] | undefined>>): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined || value === "") return [];
    const values = typeof value === "object" ? value : [String(value)];
    return values.map((one) => `${name}=${encodeURIComponent(one)}`);
  });
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** Completes "Cannot list ..." and "Cannot watch ...". */
export function resourceInWords({ resource }: ResourceType, { namespace }: ListOptions): string {
  return namespace === undefined ? `${resource} in the cluster` : `${resource} in namespace "${namespace}"`;
}
