import type { ScenePod } from "./scene.ts";

/** Who gives a pod the servers of its resolv.conf: itself (`spec.dnsConfig`), its node, or the kubelet's clusterDNS. */
export type ResolverSource = "pod" | "node" | "kubelet";

/** {@link https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy} */
export function resolverSource({ hostNetwork, object: { spec = {} } }: ScenePod): ResolverSource {
  const { dnsPolicy = "ClusterFirst", dnsConfig } = spec;
  const own = (dnsConfig?.nameservers ?? []) as readonly string[];
  if (dnsPolicy === "None" || own.length > 0) return "pod";
  return dnsPolicy === "Default" || (hostNetwork && dnsPolicy === "ClusterFirst") ? "node" : "kubelet";
}
