/** Where an API server keeps policies and what gives them their meaning, beyond Kubernetes' own; and who enforces them. */
import type { ResourceType } from "../cluster/cluster.ts";
import type { PolicyEngine } from "./model.ts";

/** A kind of object by the place it is listed at. */
export interface ServedKind extends ResourceType {
  readonly kind: string;
}

const admin = { apiVersion: "policy.networking.k8s.io/v1alpha1" };
const adminKinds: readonly ServedKind[] = [
  { ...admin, resource: "adminnetworkpolicies", kind: "AdminNetworkPolicy" },
  { ...admin, resource: "baselineadminnetworkpolicies", kind: "BaselineAdminNetworkPolicy" },
  { apiVersion: "policy.networking.k8s.io/v1alpha2", resource: "clusternetworkpolicies", kind: "ClusterNetworkPolicy" },
];
const calico = { apiVersion: "crd.projectcalico.org/v1" };
/** Calico's own API server is optional; what it serves is stored in these. */
const calicoKinds: readonly ServedKind[] = [
  { ...calico, resource: "networkpolicies", kind: "NetworkPolicy" },
  { ...calico, resource: "globalnetworkpolicies", kind: "GlobalNetworkPolicy" },
  { ...calico, resource: "networksets", kind: "NetworkSet" },
  { ...calico, resource: "globalnetworksets", kind: "GlobalNetworkSet" },
  { ...calico, resource: "tiers", kind: "Tier" },
  { ...calico, resource: "hostendpoints", kind: "HostEndpoint" },
];
const cilium = { apiVersion: "cilium.io/v2" };
const ciliumKinds: readonly ServedKind[] = [
  { ...cilium, resource: "ciliumnetworkpolicies", kind: "CiliumNetworkPolicy" },
  { ...cilium, resource: "ciliumclusterwidenetworkpolicies", kind: "CiliumClusterwideNetworkPolicy" },
  { ...cilium, resource: "ciliumcidrgroups", kind: "CiliumCIDRGroup" },
];

/** Asking for a kind that is not served costs a request, so what belongs to another engine is left out. */
export function kindsFor(engine: PolicyEngine | undefined): readonly ServedKind[] {
  if (engine === "cilium") return [...adminKinds, ...ciliumKinds];
  return engine === "calico" ? [...adminKinds, ...calicoKinds] : [...adminKinds, ...calicoKinds, ...ciliumKinds];
}

/** The names of DaemonSets that enforce policies. Flannel and the reference plugins enforce none. */
export const enforcing =
  /^(cilium|calico-node|(rke2-)?canal|kube-router|antrea-agent|weave-net|kindnet|kube-network-policies|ovnkube-node|kube-ovn-cni|azure-npm|aws-node)/;

/** What such a DaemonSet enforces policies with. */
export function engineOfAgent(agent: string): PolicyEngine | undefined {
  if (/^cilium/.test(agent)) return "cilium";
  return /^(calico-node|(rke2-)?canal)/.test(agent) ? "calico" : undefined;
}
