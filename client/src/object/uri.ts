import type { ObjectRef } from "../tree/row.ts";

/** The scheme of documents that show an object of a cluster. */
export const scheme = "kube-ipv6";

/**
 * The parts of an object's address: `kube-ipv6:/CONTEXT/apps%2Fv1/deployments/Deployment/NAMESPACE/NAME.yaml`, with `-` for no
 * namespace. The context is not the authority of the URI, since VS Code writes that in small letters. The ending makes VS Code, and every other YAML tool, take the document for YAML.
 */
export function objectPath(context: string, { apiVersion, resource, kind, namespace = "-", name }: ObjectRef): string {
  return `/${[context, apiVersion, resource, kind, namespace, name].map(encodeURIComponent).join("/")}.yaml`;
}

/** Reads what {@link objectPath} wrote; undefined for any other path. */
export function parseObjectPath(path: string): { context: string; ref: ObjectRef } | undefined {
  const parts = path
    .slice(1)
    .replace(/\.yaml$/, "")
    .split("/")
    .map(decodeURIComponent);
  const [context, apiVersion, resource, kind, namespace, name] = parts;
  if (!context || !apiVersion || !resource || !kind || !namespace || !name || parts.length !== 6) return undefined;
  return { context, ref: { apiVersion, resource, kind, name, ...(namespace === "-" ? {} : { namespace }) } };
}
