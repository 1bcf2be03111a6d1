import type { AbortSignalLike, Cluster, KubeObject, ResourceType } from "../cluster/cluster.ts";
import { type Ranges, rangesOf } from "./ranges.ts";

const calico = "crd.projectcalico.org/v1";
const kinds: readonly (ResourceType & { readonly kind: string })[] = [
  { apiVersion: "networking.k8s.io/v1", resource: "servicecidrs", kind: "ServiceCIDR" },
  { apiVersion: "networking.k8s.io/v1", resource: "ipaddresses", kind: "IPAddress" },
  { apiVersion: "v1", resource: "services", kind: "Service" },
  { apiVersion: "v1", resource: "nodes", kind: "Node" },
  { apiVersion: "v1", resource: "pods", kind: "Pod" },
  { apiVersion: calico, resource: "ippools", kind: "IPPool" },
  { apiVersion: calico, resource: "ipamblocks", kind: "IPAMBlock" },
];

/** Everything that hands out addresses and everybody who holds one, by the API's lists. */
export async function readRanges(
  cluster: Cluster,
  signal?: AbortSignalLike,
): Promise<Ranges & { readonly unread: readonly string[] }> {
  const unread: string[] = [];
  const lists = await Promise.all(
    kinds.map(async ({ kind, ...type }) => {
      const answer = await cluster.list(type, { keep, ...(signal ? { signal } : {}) });
      if (answer.ok) return answer.value.map((object): KubeObject => ({ ...object, kind }));
      if (!["unsupported", "not-found"].includes(answer.refusal.reason))
        unread.push(`${type.resource}: ${answer.refusal.message}`);
      return [];
    }),
  );
  const config = await cluster.get({ apiVersion: "v1", resource: "configmaps" }, "kubeadm-config", {
    namespace: "kube-system",
    ...(signal ? { signal } : {}),
  });
  return { ...rangesOf([...lists.flat(), ...(config.ok ? [{ ...config.value, kind: "ConfigMap" }] : [])]), unread };
}

/** Of pods, which are many, a few fields. */
function keep({ metadata: { name, namespace, deletionTimestamp }, spec, status }: KubeObject): KubeObject {
  const { hostNetwork, clusterIPs, cidrs, cidr, parentRef, podCIDRs, podCIDR, blockSize, disabled } = spec ?? {};
  const { phase, podIPs, allocatable } = status ?? {};
  return {
    metadata: { name, ...(namespace ? { namespace } : {}), ...(deletionTimestamp ? { deletionTimestamp } : {}) },
    spec: { hostNetwork, clusterIPs, cidrs, cidr, parentRef, podCIDRs, podCIDR, blockSize, disabled },
    status: { phase, podIPs, allocatable: { pods: allocatable?.pods } },
  };
}
