import { type Family, familyOf, parsePrefix } from "../addresses/address.ts";
import type { Shape } from "../addresses/shape.ts";
import { clusterPlan, planKinds } from "../kinds/cluster-plan.ts";
import { programFlags } from "../kinds/flags.ts";
import { fact } from "../lint/fact.ts";
import type { World } from "../lint/rule.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";
import { plannedFamilies } from "./pod-families.ts";

/** Installers' files whose cluster is the one that the manifests beside them are for; Cluster API makes others. */
const ownPlans = planKinds.filter((kind) => kind !== "Cluster");

/**
 * The ranges that the API server is started with, where a file says so that a cluster has only one of. The API server writes them
 * into the ServiceCIDR named kubernetes:
 * {@link https://kubernetes.io/docs/tasks/network/extend-service-ip-ranges/}
 */
const startedWith = fact(
  ["ClusterConfiguration", "ServiceCIDR", ...ownPlans],
  (resource) => {
    // What Cluster API and kind wrap up is a cluster of its own.
    if (resource.holder !== resource) return undefined;
    const cidrs = startingRanges(resource);
    return cidrs && cidrs.length > 0 && cidrs.every((cidr) => parsePrefix(cidr)) ? cidrs : undefined;
  },
  /service-?cidr|serviceSubnet|clusterSvcNets|kube_service_addresses|serviceNetwork/,
);

function startingRanges(resource: Resource): readonly string[] | undefined {
  if (ownPlans.includes(resource.kind)) return clusterPlan(resource)?.services?.prefixes.map(({ text }) => text);
  if (resource.kind === "ClusterConfiguration") return resource.get("networking", "serviceSubnet")?.text?.split(",");
  return resource.name === "kubernetes" ? cidrsOf(resource) : undefined;
}

function cidrsOf(resource: Resource): readonly string[] | undefined {
  const cidrs = resource.get("spec", "cidrs");
  return cidrs?.items().map(({ text }) => text ?? "");
}

/** `--service-cluster-ip-range` of an API server that runs as a Pod, as written. */
export const apiServerRange = fact<string>(
  podKinds,
  (resource) => programFlags(resource, "kube-apiserver")?.get("service-cluster-ip-range")?.text,
  /service-cluster-ip-range/,
);

/** Ranges added at run time, ServiceCIDR objects. */
export const added = fact(["ServiceCIDR"], (resource) => {
  const cidrs = cidrsOf(resource);
  return cidrs?.every((cidr) => parsePrefix(cidr)) ? cidrs : undefined;
});

/** Which families Services can have: by the connected cluster, or else by the one file that says how it is set up. */
export function clusterOf(world: World): Shape {
  if (world.cluster !== "unknown") return world.cluster;
  const known = world.all(startedWith);
  const [first] = known;
  if (!first || known.some(({ value }) => value.join() !== first.value.join())) return "unknown";
  const families = first.value.map((cidr) => familyOf(cidr));
  const primary = families[0] === "IPv6" ? "v6" : "v4";
  return families.some((family) => family !== families[0]) ? `dual-${primary}` : primary;
}

/** Whether no Service of the cluster can have a family. */
export function servicesLack(world: World, family: Family): boolean {
  return clusterOf(world) === (family === "IPv6" ? "v4" : "v6");
}

/**
 * Whether the cluster is known to have nothing of a family, so that nobody has to be asked for it. Pods may have one that no
 * Service has: they are reached over it all the same.
 */
export function lacks(world: World, family: Family): boolean {
  if (!servicesLack(world, family)) return false;
  return world.cluster !== "unknown" || plannedFamilies(world)?.families.includes(family) !== true;
}

/** What a cluster that nobody knows is taken for: it serves both families, IPv4 first. */
export const usualCluster = "dual-v4";

/** As {@link clusterOf}, and the usual one if nobody knows. */
export function usualClusterOf(world: World): Exclude<Shape, "unknown"> {
  const cluster = clusterOf(world);
  return cluster === "unknown" ? usualCluster : cluster;
}

/** Every range that a cluster IP may be of; undefined if the ranges the API server started with are not known. */
export function serviceRanges(world: World): readonly string[] | undefined {
  const known = world.all(startedWith).map(({ value }) => value);
  const [first] = world.serviceCIDRs ? [world.serviceCIDRs] : known;
  if (!first || (!world.serviceCIDRs && known.some((value) => value.join() !== first.join()))) return undefined;
  return [...first, ...world.all(added).flatMap(({ value }) => value)];
}
