import type { KubeObject, ResourceType } from "#core/cluster/cluster.ts";

/**
 * What the tree reads of an object of a type. A cluster may have thousands of nodes with the images on them, and many thousand
 * pods: the rest of these is dropped as soon as it has come.
 */
export function keptBy({ resource }: ResourceType): (object: KubeObject) => KubeObject {
  const parts = partsOf[resource];
  return ({ metadata, ...rest }) => ({ ...(parts ? parts(rest as KubeObject) : rest), metadata: keepMeta(metadata) });
}

const partsOf: Readonly<Record<string, (object: KubeObject) => object>> = {
  nodes: ({ spec, status }) => ({
    spec: picked(spec, ["podCIDR", "podCIDRs"]),
    status: picked(status, ["addresses"]),
  }),
  pods: ({ spec, status }) => ({
    spec: {
      ...picked(spec, ["nodeName", "hostNetwork", "serviceAccountName"]),
      ...containersIn(spec, "initContainers"),
      ...containersIn(spec, "containers"),
    },
    status: picked(status, ["phase", "podIP", "podIPs"]),
  }),
  endpointslices: ({ addressType, endpoints }) => ({
    addressType,
    endpoints: listed(endpoints).map((endpoint) => picked(endpoint, ["addresses", "conditions"])),
  }),
};

/** Flags of the control plane stand in `command` and `args`; policies name ports. */
function containersIn(spec: unknown, name: string): object {
  const containers = listed((spec as Record<string, unknown> | undefined)?.[name]);
  const fields = ["name", "command", "args", "ports", "restartPolicy"];
  return containers.length === 0 ? {} : { [name]: containers.map((container) => picked(container, fields)) };
}

/** Who last wrote each field is a third of an object, and what was last applied is all of it again. */
function keepMeta(metadata: KubeObject["metadata"]): KubeObject["metadata"] {
  const { annotations } = metadata;
  const kept = picked(metadata, ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"]);
  const more = picked(metadata, ["deletionTimestamp", "labels", "ownerReferences"]);
  const { "kubectl.kubernetes.io/last-applied-configuration": _, ...said } = annotations ?? {};
  return { ...kept, ...more, ...(annotations ? { annotations: said } : {}) } as KubeObject["metadata"];
}

function picked(value: unknown, fields: readonly string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null) return {};
  const all = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(fields.flatMap((field) => (all[field] === undefined ? [] : [[field, all[field]]])));
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
