import type { Family } from "../addresses/address.ts";
import { fact } from "../lint/fact.ts";
import { isSingleOrDual, prefixesOf, prefixFamiliesOf, subnetList } from "../literals/subnet-list.ts";

/** The families of a cluster's subnets as kubeadm's ClusterConfiguration gives them, the primary one first. */
export interface ClusterSubnets {
  /** Empty where podSubnet is left out. */
  readonly pods: readonly Family[];
  /** Never empty: kubeadm's default is 10.96.0.0/12. */
  readonly services: readonly Family[];
}

/** Of a ClusterConfiguration whose subnets can be read; a cluster has one, so it holds for every file beside it. */
export const clusterSubnets = fact<ClusterSubnets>(["ClusterConfiguration"], (config) => {
  if (config.partial || config.group !== "kubeadm.k8s.io") return undefined;
  const pods = prefixesOf(subnetList(config.get("networking", "podSubnet")));
  const services = prefixesOf(subnetList(config.get("networking", "serviceSubnet")));
  if (!pods || !services || !isSingleOrDual(pods) || !isSingleOrDual(services)) return undefined;
  return { pods: prefixFamiliesOf(pods), services: services.length > 0 ? prefixFamiliesOf(services) : ["IPv4"] };
});
