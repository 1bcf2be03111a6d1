import { type Family, type Prefix, parsePrefix } from "../addresses/address.ts";
import { capiFlags, clusterPlan } from "../kinds/cluster-plan.ts";
import { programFlags } from "../kinds/flags.ts";
import { maskOfFlags, type NodeMask } from "../kinds/node-mask.ts";
import { fact } from "../lint/fact.ts";
import type { World } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";
import { fileOf } from "./identities.ts";

/** The length of a node's prefix of each family that the flags of a controller manager set; null where they set none of it. */
type NodeMasks = Readonly<Record<Family, number | null>>;

const families = ["IPv4", "IPv6"] as const;

/** What kubeadm's configuration says of the prefixes of nodes, in Cluster API or alone. */
const nodeMasks = fact<NodeMasks>(
  ["ClusterConfiguration"],
  (config) => {
    const flags = programFlags(config, "kube-controller-manager");
    const names = ["allocate-node-cidrs", "node-cidr-mask-size", ...families.map(flagOf)];
    if (!flags || !names.some((name) => flags.has(name))) return undefined;
    const [IPv4, IPv6] = families.map((family) => maskOfFlags(flags, family, true, "")?.length ?? null);
    return { IPv4: IPv4 ?? null, IPv6: IPv6 ?? null };
  },
  /node-cidr-mask-size|allocate-node-cidrs/,
);

/** The prefixes that a Cluster of Cluster API has for pods. */
const apiClusterPods = fact<readonly string[]>(
  ["Cluster"],
  (cluster) => {
    const texts = clusterPlan(cluster)?.pods?.prefixes.map(({ text }) => text) ?? [];
    return cluster.group === "cluster.x-k8s.io" && texts.length > 0 ? texts : undefined;
  },
  /cidrBlocks/,
);

/** The prefixes of the one Cluster in the file of what Cluster API wraps up; undefined for what stands alone. */
export function prefixesOfCluster(world: World, resource: Resource): readonly Prefix[] | undefined {
  if (!/^Kubeadm/.test(resource.holder.kind)) return undefined;
  const file = fileOf(world, resource.holder);
  const [only, ...others] = world.all(apiClusterPods).filter((known) => known.file === file);
  const prefixes = only?.value.flatMap((text) => parsePrefix(text) ?? []);
  return others.length === 0 && prefixes?.length === only?.value.length ? prefixes : undefined;
}

function flagOf(family: Family): string {
  return `node-cidr-mask-size-${family.toLowerCase()}`;
}

/**
 * What the flags in another object make of a plan's mask: Cluster API has the prefixes in a Cluster and the flags in the object of its
 * control plane. That of the same file counts; where only other files set one, nobody can tell.
 */
export function maskElsewhere(world: World, plan: Resource, family: Family, mask: NodeMask): NodeMask | undefined {
  const all = world.all(nodeMasks);
  const near = all.filter(({ file }) => file === fileOf(world, plan));
  const lengths = new Set(near.map(({ value }) => value[family]));
  const [length] = lengths;
  if (all.length === 0) return mask;
  return lengths.size === 1 && length ? { ...mask, length, key: capiFlags + flagOf(family) } : undefined;
}
