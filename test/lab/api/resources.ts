/** A resource the API serves: what discovery says of it. */
export interface Resource {
  group: string;
  version: string;
  name: string;
  kind: string;
  namespaced: boolean;
  shortNames?: string[];
  subresources: string[];
}

const verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

function resource(
  groupVersion: string,
  name: string,
  kind: string,
  namespaced: boolean,
  shortNames: string[] = [],
  subresources: string[] = [],
): Resource {
  const [group, version] = groupVersion.includes("/")
    ? (groupVersion.split("/") as [string, string])
    : (["", groupVersion] as const);
  return { group, version, name, kind, namespaced, subresources, ...(shortNames.length > 0 ? { shortNames } : {}) };
}

/** Everything the API serves, in the order discovery lists it. */
export const resources: Resource[] = [
  resource("v1", "configmaps", "ConfigMap", true, ["cm"]),
  resource("v1", "endpoints", "Endpoints", true, ["ep"]),
  resource("v1", "events", "Event", true, ["ev"]),
  resource("v1", "namespaces", "Namespace", false, ["ns"], ["status"]),
  resource("v1", "nodes", "Node", false, ["no"], ["status"]),
  resource("v1", "pods", "Pod", true, ["po"], ["exec", "log", "status", "ephemeralcontainers"]),
  resource("v1", "resourcequotas", "ResourceQuota", true, ["quota"], ["status"]),
  resource("v1", "secrets", "Secret", true),
  resource("v1", "serviceaccounts", "ServiceAccount", true, ["sa"]),
  resource("v1", "services", "Service", true, ["svc"], ["status"]),
  resource("apps/v1", "daemonsets", "DaemonSet", true, ["ds"], ["status"]),
  resource("apps/v1", "deployments", "Deployment", true, ["deploy"], ["status"]),
  resource("apps/v1", "replicasets", "ReplicaSet", true, ["rs"], ["status"]),
  resource("apps/v1", "statefulsets", "StatefulSet", true, ["sts"], ["status"]),
  resource("batch/v1", "cronjobs", "CronJob", true, ["cj"], ["status"]),
  resource("batch/v1", "jobs", "Job", true, [], ["status"]),
  resource("networking.k8s.io/v1", "ingresses", "Ingress", true, ["ing"], ["status"]),
  resource("networking.k8s.io/v1", "ipaddresses", "IPAddress", false, ["ip"]),
  resource("networking.k8s.io/v1", "networkpolicies", "NetworkPolicy", true, ["netpol"]),
  resource("networking.k8s.io/v1", "servicecidrs", "ServiceCIDR", false, [], ["status"]),
  resource("discovery.k8s.io/v1", "endpointslices", "EndpointSlice", true),
  resource("events.k8s.io/v1", "events", "Event", true, ["ev"]),
  resource("crd.projectcalico.org/v1", "ippools", "IPPool", false),
  resource("crd.projectcalico.org/v1", "felixconfigurations", "FelixConfiguration", false),
  resource("crd.projectcalico.org/v1", "bgppeers", "BGPPeer", false),
  resource("crd.projectcalico.org/v1", "globalnetworkpolicies", "GlobalNetworkPolicy", false),
  resource("crd.projectcalico.org/v1", "networkpolicies", "NetworkPolicy", true),
  resource("projectcalico.org/v3", "ippools", "IPPool", false),
  resource("projectcalico.org/v3", "felixconfigurations", "FelixConfiguration", false),
  resource("cilium.io/v2", "ciliumnetworkpolicies", "CiliumNetworkPolicy", true, ["cnp", "ciliumnp"]),
  resource("cilium.io/v2", "ciliumclusterwidenetworkpolicies", "CiliumClusterwideNetworkPolicy", false, ["ccnp"]),
  resource("cilium.io/v2", "ciliumnodes", "CiliumNode", false, ["cn"]),
];

/** The reviews: created, answered, never stored. */
export const reviews: Record<string, string[]> = {
  "authentication.k8s.io": ["selfsubjectreviews"],
  "authorization.k8s.io": ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
};

/** "apps/v1", or "v1" for the core group. */
export function groupVersion(resource: Pick<Resource, "group" | "version">): string {
  return resource.group === "" ? resource.version : `${resource.group}/${resource.version}`;
}

/** The resource a path names; undefined where the API serves none. */
export function findResource(group: string, version: string, name: string): Resource | undefined {
  return resources.find((each) => each.group === group && each.version === version && each.name === name);
}

/** The resource an object belongs to, by its apiVersion and kind. */
export function resourceOf(object: { apiVersion: string; kind: string }): Resource | undefined {
  return resources.find((each) => groupVersion(each) === object.apiVersion && each.kind === object.kind);
}

/** What `kubectl get all` means. */
const inAll = ["pods", "services", "daemonsets", "deployments", "replicasets", "statefulsets"];

/** An APIResource of discovery, one for the resource and one for each subresource. */
export function discoveryEntries(resource: Resource): object[] {
  const { name, kind, namespaced, shortNames } = resource;
  const own = {
    name,
    singularName: kind.toLowerCase(),
    namespaced,
    kind,
    verbs,
    ...(shortNames ? { shortNames } : {}),
    ...(inAll.includes(name) ? { categories: ["all"] } : {}),
  };
  const subs = resource.subresources.map((sub) => ({
    name: `${name}/${sub}`,
    singularName: "",
    namespaced,
    kind: sub === "exec" ? "PodExecOptions" : kind,
    verbs: sub === "exec" ? ["create", "get"] : sub === "log" ? ["get"] : ["get", "patch", "update"],
  }));
  return [own, ...subs];
}
