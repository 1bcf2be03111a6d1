import { contains, type Family, familyOf, network, parseAddress, sameAddress } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { atNode, atPod, podName } from "../judging/failures.ts";
import { resolverSource } from "../judging/resolver-file.ts";
import type { ScenePod } from "../judging/scene.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as resolver } from "../probes/resolver.ts";
import { probe as services } from "../probes/services.ts";
import { ask, question, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "dns",
  summary: "The pod's resolv.conf names an address of the Service range that no Service has",
  why: "The kubelet writes its clusterDNS into every pod, whatever became of the Service. A DNS Service that was made anew with one family, or with another address, leaves a server in resolv.conf for which no rule is programmed: each lookup waits for it until it gives up.",
  source: "https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/",
  looksLike: ["dns-without-endpoints", "kube-proxy-no-ipv6-rules"], // the Service is there, and empty / it is there, and no rule is
  code: "D17",

  *judge(subject) {
    const [pod] = subject.scene.pods;
    if (!pod) return unknown("no pod was looked into");
    const names = subject.symptoms.filter(({ kind }) => kind === "name");
    const silent = names.filter(({ failed, outcome }) => failed && outcome === "timeout");
    if (silent.length === 0)
      return excluded(
        "every DNS server that was asked has answered",
        names.length > 0 ? names : dialsOverIPv6(subject),
      );
    const { nameservers } = yield* ask(resolver, atPod(pod));
    const listed = yield* ask(services, {});
    const seen = [question(resolver, atPod(pod)), question(services, {})] as const;
    const server = nameservers.find((one) => silent.some(({ name }) => name?.server === one) && isNobodys(one, listed));
    const dead = silent.filter(({ name }) => name?.server === server);
    const [dial] = dead;
    if (!server || !dial)
      return excluded("what does not answer is a Service's address, or none of the Service range", seen);
    const own = listed.find((service) => nameservers.some((one) => one !== server && holds(service, one)));
    const its = own && `Service ${own.metadata.namespace}/${own.metadata.name}`;
    const has = own && its ? `; ${its} has ${addressesOf(own).join(" and ")}` : "";
    const taken = own && addressesOf(own).find((ip) => familyOf(ip) === familyOf(server));
    const because = `resolv.conf of ${podName(pod)} names ${server}, and none of ${listed.length} Services has it${has}`;
    const remedy = {
      family: familyOf(server) ?? ("IPv6" as Family),
      fix: fixOf(pod, server, its, taken),
      confirm: "Every nameserver of a new pod's /etc/resolv.conf is an address that kubectl get services -A lists.",
      explains: dead.map(({ id }) => id),
    };
    // A DNS cache on the node may listen on an address of its own.
    const local = familyOf(server) === "IPv6" ? yield* tryAsk(addresses, atNode({ name: pod.node })) : undefined;
    if (!local?.ok)
      return possible(because, { ...remedy, missing: `that no interface of node ${pod.node} has ${server}` });
    const here = question(addresses, atNode({ name: pod.node }));
    const cache = local.value.find(({ address }) => alike(address, server));
    if (cache) return excluded(`${server} is on ${cache.device} of node ${pod.node}`, [here]);
    return proven(because, {
      ...remedy,
      died: { how: "tuple", dial, by: [...seen, here] },
      instead: [
        { lookalike: "dns-without-endpoints", by: [question(services, {})] },
        { lookalike: "a DNS cache on the node", by: [here] },
      ],
    });
  },
};

function fixOf(pod: ScenePod, server: string, its: string | undefined, taken: string | undefined): string {
  const source = resolverSource(pod);
  const where = { kubelet: "the kubelets' clusterDNS", node: "its node's file", pod: "spec.dnsConfig" }[source];
  const anew = source === "kubelet" ? "recreate the pods" : "recreate the pod";
  if (taken)
    return `Put ${taken} in the place of ${server} in ${where}, and ${anew}: what ${its} has in spec.clusterIPs cannot be changed.`;
  return `Either give ${its ?? "the cluster's DNS Service"} the address ${server} again (ipFamilyPolicy: PreferDualStack, with it in spec.clusterIPs), or take it out of ${where} and ${anew}.`;
}

/** Of the range that Services get addresses from, and of no Service. */
function isNobodys(server: string, listed: readonly KubeObject[]): boolean {
  const address = parseAddress(server);
  // No range of Services is larger: https://github.com/kubernetes/kubernetes/blob/master/cmd/kube-apiserver/app/options/validation.go
  const length = address?.family === "IPv6" ? 108 : 12;
  if (!address) return false;
  const around = network({ address, length, leadingZeros: false });
  const known = listed.flatMap(addressesOf).flatMap((ip) => parseAddress(ip) ?? []);
  return known.some((ip) => contains(around, ip)) && !listed.some((service) => holds(service, server));
}

function holds(service: KubeObject, address: string): boolean {
  const { spec, status } = service;
  const ingress = (status?.loadBalancer?.ingress ?? []) as { readonly ip?: string }[];
  const outside = [...((spec?.externalIPs ?? []) as string[]), ...ingress.flatMap(({ ip }) => ip ?? [])];
  return [...addressesOf(service), ...outside].some((one) => alike(one, address));
}

function addressesOf({ spec }: KubeObject): readonly string[] {
  return ((spec?.clusterIPs ?? []) as string[]).filter((ip) => familyOf(ip));
}

function alike(one: string, other: string): boolean {
  const [a, b] = [parseAddress(one), parseAddress(other)];
  return a !== undefined && b !== undefined && sameAddress(a, b);
}
