import type { Answer, KubeObject } from "#core/cluster/cluster.ts";
import { answered, refused } from "#core/cluster/cluster.ts";
import type { Inventory } from "#core/summary/inventory.ts";

/** A cluster of which nothing could be seen, but for what a test says. */
export function seen(objects: Partial<Record<keyof Inventory, readonly KubeObject[]>>): Inventory {
  const forbidden: Answer<readonly KubeObject[]> = refused("forbidden", "You may not list this.");
  const { configMaps = [], ...lists } = objects;
  const answers = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, answered(list)]));
  return {
    nodes: forbidden,
    services: forbidden,
    pods: forbidden,
    daemonSets: forbidden,
    serviceCIDRs: forbidden,
    ipPools: forbidden,
    configMaps,
    ...answers,
  };
}

export function node(name: string, internalIPs: readonly string[], podCIDRs: readonly string[] = []): KubeObject {
  const addresses = internalIPs.map((address) => ({ type: "InternalIP", address }));
  return {
    metadata: { name },
    spec: { podCIDRs },
    status: { addresses: [...addresses, { type: "Hostname", address: name }] },
  };
}

export function pod(
  name: string,
  ips: readonly string[],
  spec: Record<string, unknown> = {},
  component?: string,
): KubeObject {
  const labels: Record<string, string> = component === undefined ? {} : { component };
  return { metadata: { name, namespace: "kube-system", labels }, spec, status: { podIPs: ips.map((ip) => ({ ip })) } };
}

export function service(namespace: string, name: string, clusterIPs: readonly string[]): KubeObject {
  return { metadata: { name, namespace }, spec: { clusterIPs, clusterIP: clusterIPs[0] } };
}

export function serviceCIDR(...cidrs: string[]): KubeObject {
  return { metadata: { name: "kubernetes" }, spec: { cidrs } };
}

export function daemonSet(
  name: string,
  container: { args?: string[]; env?: { name: string; value?: string }[] } = {},
): KubeObject {
  return { metadata: { name, namespace: "kube-system" }, spec: { template: { spec: { containers: [container] } } } };
}

export function configMap(name: string, data: Record<string, string>): KubeObject {
  return { metadata: { name, namespace: "kube-system" }, data };
}
