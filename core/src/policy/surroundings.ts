import type { KubeObject } from "../cluster/cluster.ts";
import { asText } from "../text/as-text.ts";
import type { PolicyEngine, PolicySurroundings } from "./model.ts";
import { isMapping, list, mapping, string } from "./read.ts";

/** The objects that are mappings with a kind, those inside a `List` unpacked, in the order given. */
export function flatten(objects: readonly unknown[]): readonly KubeObject[] {
  return objects.flatMap((object) => {
    if (!isMapping(object) || typeof object.kind !== "string") return [];
    if (!object.kind.endsWith("List")) return [object as unknown as KubeObject];
    // What a list of one kind holds may leave out its own kind, as the API server's lists do.
    const implied = object.kind === "List" ? {} : { kind: object.kind.slice(0, -4), apiVersion: object.apiVersion };
    return flatten(
      list(object.items)
        .map((item) => (isMapping(item) ? { ...implied, ...item } : item))
        .filter(isNoList),
    );
  });
}

/** Looks up the objects that give policies their meaning: Namespace, Tier, NetworkSet, ServiceAccount, CiliumCIDRGroup. An engine that is named counts, whatever the policies suggest. */
export function surround(objects: readonly KubeObject[], engine?: PolicyEngine): PolicySurroundings {
  const byKind = new Map<string, KubeObject[]>();
  for (const object of objects) {
    const kind = asText(object.kind);
    const found = byKind.get(kind);
    if (found) found.push(object);
    else byKind.set(kind, [object]);
  }
  const engines = new Set(engine ? [engine] : objects.flatMap((object) => engineOf(object) ?? []));
  return {
    engine: engines.size === 1 ? [...engines][0] : undefined,
    mixed: engines.size > 1,
    all: (kind) => byKind.get(kind) ?? [],
    find: (kind, name, namespace) =>
      byKind.get(kind)?.find(({ metadata }) => {
        const found = mapping(metadata);
        return found.name === name && (namespace === undefined || found.namespace === namespace);
      }),
  };
}

/** The API group of an object: "" for core, "networking.k8s.io", "cilium.io". */
export function groupOf(object: KubeObject): string {
  const [group, version] = (string(object.apiVersion) ?? "").split("/");
  return version === undefined ? "" : (group ?? "");
}

/** Only a plugin's own policies prove it enforces policies; its other objects may be left over. */
function engineOf(object: KubeObject): PolicyEngine | undefined {
  if (!/NetworkPolicy$/.test(asText(object.kind))) return undefined;
  const group = groupOf(object);
  if (group === "cilium.io") return "cilium";
  return group === "projectcalico.org" || group === "crd.projectcalico.org" ? "calico" : undefined;
}

/** Lists do not nest in Kubernetes; unpacking one level keeps a self-made tower from exhausting the stack. */
function isNoList(item: unknown): boolean {
  return !(isMapping(item) && typeof item.kind === "string" && item.kind.endsWith("List"));
}
