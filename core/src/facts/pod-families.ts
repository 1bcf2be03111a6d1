import { type Family, familyOf } from "../addresses/address.ts";
import { clusterPlan, planKinds } from "../kinds/cluster-plan.ts";
import { fact, type KnownFact } from "../lint/fact.ts";
import type { World } from "../lint/rule.ts";
import { subnetList } from "../literals/subnet-list.ts";
import type { Resource } from "../manifest/resource.ts";

/** What says which families the pods of a cluster are to have, whatever plugin gives them their addresses. */
export interface PodFamilies {
  readonly families: readonly Family[];
  /** How the file calls it. */
  readonly key: string;
}

/** Cluster API makes other clusters than the one that the files beside it are for. */
const kinds = ["ClusterConfiguration", ...planKinds.filter((kind) => kind !== "Cluster")];

const podFamilies = fact<PodFamilies>(
  kinds,
  (resource) => {
    if (resource.partial || resource.holder !== resource) return undefined;
    const { key, texts } = podsOf(resource);
    const families = texts.map((text) => familyOf(text.trim()));
    const known = families.filter((family) => family !== undefined);
    return known.length > 0 && known.length === families.length ? { families: [...new Set(known)], key } : undefined;
  },
  /podSubnet|cluster-cidr|podCIDR|clusterPodNets|kube_pods_subnet|clusterNetwork/,
);

function podsOf(resource: Resource): { readonly key: string; readonly texts: readonly string[] } {
  if (resource.kind !== "ClusterConfiguration") {
    const pods = clusterPlan(resource)?.pods;
    return { key: pods?.key ?? "", texts: pods?.prefixes.map(({ text }) => text) ?? [] };
  }
  const list = subnetList(resource.get("networking", "podSubnet"));
  return { key: "podSubnet", texts: list.map(({ text }) => text) };
}

/** What the one plan of the scope says, or several that agree; undefined if there is none. */
export function plannedFamilies(world: World): PodFamilies | undefined {
  const [first, ...others] = world.digest(podFamilies, (all: readonly KnownFact<PodFamilies>[]) =>
    all.map(({ value }) => value),
  );
  const agree = others.every(({ families }) => families.join() === first?.families.join());
  return agree ? first : undefined;
}
