import { familyOf } from "../addresses/address.ts";
import { type Answer, answered, type KubeObject } from "../cluster/cluster.ts";
import type { ResolvConf } from "../linux/resolv-conf.ts";
import { probe as configMap } from "../probes/config-map.ts";
import { probe as serviceProbe } from "../probes/service.ts";
import { probe as servicesProbe } from "../probes/services.ts";
import { type Asking, type Question, question, tryAsk, tryAskAll } from "../probing/probe.ts";

/** Who answers names for the pods, and in which zone. */
export interface ClusterDns {
  readonly servers: readonly string[];
  readonly domain: string;
  readonly remarks: readonly string[];
}

/** What is asked of the API whoever answers the names: it may be asked with anything else. */
export const usualDns: readonly Question[] = [
  question(serviceProbe, { namespace: "kube-system", name: "kube-dns" }),
  question(configMap, { namespace: "kube-system", name: "coredns" }),
];

/**
 * The pod's own resolv.conf decides, once it was read; the Service behind it adds the address of the other family. Before that, and
 * for a pod that does not use the cluster's DNS, the Service that kubeadm makes is taken.
 */
export function* dnsOf(resolver: ResolvConf | undefined): Asking<ClusterDns> {
  const [kubeDns, corefile] = (yield* tryAskAll<unknown>(usualDns)) as readonly Answer<KubeObject>[];
  const usual = kubeDns?.ok ? kubeDns.value : undefined;
  const domain = domainIn(resolver) ?? zoneIn(corefile?.ok ? corefile.value : undefined) ?? "cluster.local";
  if (!resolver || !domainIn(resolver)) return { servers: addressesOf(usual), domain, remarks: [] };
  const own = resolver.nameservers.slice(0, mostServers).filter((server) => familyOf(server));
  const service = holds(usual, own) ? answered(usual) : yield* serviceWith(own);
  const found = service.ok ? service.value : undefined;
  const servers = [...new Set([...own, ...addressesOf(found ?? usual)])];
  const isNobodys = service.ok && !found && own.length > 0;
  const remark = `${own.join(", ")} in the pod's resolv.conf is the address of no DNS Service that was found`;
  return { servers, domain, remarks: isNobodys ? [remark] : [] };
}

/** glibc and musl use no more. */
const mostServers = 3;

/** RKE2 and charts name it otherwise, OpenShift keeps it elsewhere. */
function* serviceWith(servers: readonly string[]): Asking<Answer<KubeObject | undefined>> {
  for (const namespace of ["kube-system", "openshift-dns"]) {
    const services = yield* tryAsk(servicesProbe, { namespace });
    if (!services.ok) return services;
    const found = services.value.find((service) => holds(service, servers));
    if (found) return answered(found);
  }
  return answered(undefined);
}

function holds(service: KubeObject | undefined, servers: readonly string[]): boolean {
  return addressesOf(service).some((address) => servers.includes(address));
}

function addressesOf(service: KubeObject | undefined): string[] {
  return ((service?.spec?.clusterIPs ?? []) as string[]).filter((address) => familyOf(address));
}

/** "corp.local" of `search shop.svc.corp.local svc.corp.local corp.local`; undefined for a pod that does not ask the cluster. */
function domainIn(resolver: ResolvConf | undefined): string | undefined {
  return resolver?.search.map((domain) => /^svc\.(.+?)\.?$/.exec(domain)?.[1]).find((domain) => domain !== undefined);
}

/** The zone CoreDNS serves Kubernetes names in. */
function zoneIn(corefile: KubeObject | undefined): string | undefined {
  return /^[ \t]*kubernetes\s+([a-z0-9.-]+)/m.exec(String(corefile?.data?.Corefile ?? ""))?.[1];
}
