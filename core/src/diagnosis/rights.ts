import { type Access, accessLevels } from "../cluster/cluster.ts";
import type { Right } from "../probing/probe.ts";

/** What is more than a diagnosis, and asked for by name. */
export const besides = ["tree", "fix", "ring", "capture"] as const;
export type Besides = (typeof besides)[number];

/** What a diagnosis of a level, or the editor's tree, may ask for. */
export interface Needed {
  readonly verbs: readonly string[];
  readonly apiGroup: string;
  readonly resources: readonly string[];
  /** The level from which on it is wanted; `tree` is the view of a cluster in the editor, `fix` what changes an object, `ring` what dials between nodes, `capture` what takes packets. */
  readonly from: Access | Besides;
  /** Of these objects alone. */
  readonly names?: readonly string[];
  /** In which namespace objects stand: a Role can allow what is in its own. */
  readonly in: "cluster" | "namespace" | "system";
  /** Whose kinds they are, where not every cluster has them. */
  readonly of?: string;
  readonly what: string;
}

const list = ["list"];

export const needed: readonly Needed[] = [
  api("", ["pods", "services", "events"], "namespace", "whom to ask, what is dialled, what happened to it"),
  api("", ["nodes"], "cluster", "families, ranges and addresses of nodes"),
  api("apps", ["daemonsets"], "system", "which network plugin and kube-proxy run, and from which version"),
  api("discovery.k8s.io", ["endpointslices"], "namespace", "which pods stand behind a Service, per family"),
  api("networking.k8s.io", ["networkpolicies"], "namespace", "what is allowed, per family"),
  { ...api("", ["pods", "services"], "namespace", "what was named"), verbs: ["get"] },
  { ...api("", ["namespaces"], "cluster", "labels that policies select"), verbs: ["get"] },
  { ...api("", ["configmaps"], "system", "settings of CoreDNS, kube-proxy and the plugin, by name"), verbs: ["get"] },
  {
    ...api("", ["pods/log"], "namespace", "what kube-proxy, CoreDNS and a target that does not run say of families"),
    verbs: ["get"],
  },
  {
    ...api("networking.k8s.io", ["ingresses"], "namespace", "what was named, and what leads to a Service"),
    verbs: ["get", "list"],
  },
  {
    ...api(
      "gateway.networking.k8s.io",
      ["gateways", "httproutes", "grpcroutes"],
      "namespace",
      "what was named, and what leads to a Service",
    ),
    verbs: ["get", "list"],
    of: "Gateway API",
  },
  plugin(
    "Network Policy API",
    "policy.networking.k8s.io",
    ["adminnetworkpolicies", "baselineadminnetworkpolicies", "clusternetworkpolicies"],
    "cluster",
  ),
  plugin(
    "Calico",
    "crd.projectcalico.org",
    [
      "ippools",
      "felixconfigurations",
      "bgppeers",
      "globalnetworkpolicies",
      "globalnetworksets",
      "tiers",
      "hostendpoints",
    ],
    "cluster",
  ),
  plugin("Calico", "crd.projectcalico.org", ["networkpolicies", "networksets"], "namespace"),
  plugin(
    "Cilium",
    "cilium.io",
    ["ciliumclusterwidenetworkpolicies", "ciliumcidrgroups", "ciliumloadbalancerippools"],
    "cluster",
  ),
  plugin("Cilium", "cilium.io", ["ciliumnetworkpolicies"], "namespace"),
  plugin("MetalLB", "metallb.io", ["ipaddresspools"], "system"),
  {
    verbs: ["get", "create"],
    apiGroup: "",
    resources: ["pods/exec"],
    from: "exec",
    in: "namespace",
    what: "small programs in containers that run already",
  },
  {
    verbs: ["patch"],
    apiGroup: "",
    resources: ["pods/ephemeralcontainers"],
    from: "ephemeral",
    in: "namespace",
    what: "an ephemeral container in a pod",
  },
  {
    verbs: ["create", "delete"],
    apiGroup: "",
    resources: ["pods"],
    from: "probe-pod",
    in: "namespace",
    what: "a pod of its own, removed afterwards",
  },
  tree("", ["nodes", "namespaces"], "cluster"),
  tree("", ["pods", "services"], "namespace"),
  tree("apps", ["daemonsets"], "system"),
  tree("discovery.k8s.io", ["endpointslices"], "namespace"),
  tree("networking.k8s.io", ["networkpolicies"], "namespace"),
  tree("networking.k8s.io", ["servicecidrs"], "cluster"),
  {
    ...api("", ["namespaces"], "cluster", "labels that all policies together select"),
    from: "fix",
  },
  change("", "services", "namespace", "the families of a Service"),
  change("networking.k8s.io", "networkpolicies", "namespace", "a rule for the other family"),
  ...["projectcalico.org", "crd.projectcalico.org"].flatMap((group) => [
    { ...change(group, "networkpolicies", "namespace", "the same in a policy of Calico"), of: "Calico" },
    { ...change(group, "globalnetworkpolicies", "cluster", "the same in a policy of Calico"), of: "Calico" },
  ]),
  { ...change("cilium.io", "ciliumnetworkpolicies", "namespace", "the same in a policy of Cilium"), of: "Cilium" },
  {
    ...change("cilium.io", "ciliumclusterwidenetworkpolicies", "cluster", "the same in a policy of Cilium"),
    of: "Cilium",
  },
  {
    ...change("", "configmaps", "system", "the Corefile, Cilium's settings"),
    names: ["coredns", "cilium-config"],
  },
  { ...change("projectcalico.org", "ippools", "cluster", "encapsulation and masquerading of a pool"), of: "Calico" },
  { ...change("projectcalico.org", "felixconfigurations", "cluster", "IPv6 in Calico's agent"), of: "Calico" },
  {
    ...change("crd.projectcalico.org", "ippools", "cluster", "the same, where Calico's API server is not installed"),
    of: "Calico",
  },
  {
    ...change("crd.projectcalico.org", "felixconfigurations", "cluster", "the same"),
    of: "Calico",
  },
  { ...ring("", ["nodes"], "cluster", "which nodes there are, and how they differ"), verbs: ["list"] },
  { ...ring("batch", ["jobs"], "namespace", "the Job that all of it belongs to"), verbs: ["create", "list", "delete"] },
  {
    ...ring("apps", ["daemonsets"], "namespace", "pods that listen, and pods that dial"),
    verbs: ["create", "get", "list", "delete"],
  },
  { ...ring("", ["configmaps"], "namespace", "whom each of them dials"), verbs: ["create", "list", "delete"] },
  { ...ring("", ["pods"], "namespace", "their addresses, and whether they run"), verbs: ["list"] },
  { ...ring("", ["pods/log"], "namespace", "what came of their dials"), verbs: ["get"] },
  { ...ring("", ["resourcequotas"], "namespace", "whether there is room for them"), verbs: ["list"] },
  {
    ...ring("networking.k8s.io", ["networkpolicies"], "namespace", "whether a policy holds for them"),
    verbs: ["list"],
  },
  { ...capture("", ["nodes"], "cluster", "the node"), verbs: ["get"] },
  { ...capture("", ["pods"], "cluster", "which containers stand in the network of a node"), verbs: ["list"] },
  { ...capture("", ["pods"], "namespace", "the pod, and which containers it has"), verbs: ["get"] },
  {
    ...capture("", ["pods/exec"], "namespace", "tcpdump; what is created for it takes what the level takes"),
    verbs: ["get", "create"],
  },
];

function change(apiGroup: string, resource: string, where: Needed["in"], what: string): Needed {
  return { verbs: ["get", "patch"], apiGroup, resources: [resource], from: "fix", in: where, what };
}

function ring(apiGroup: string, resources: readonly string[], where: Needed["in"], what: string): Needed {
  return { ...api(apiGroup, resources, where, what), from: "ring" };
}

function capture(apiGroup: string, resources: readonly string[], where: Needed["in"], what: string): Needed {
  return { ...api(apiGroup, resources, where, what), from: "capture" };
}

function api(apiGroup: string, resources: readonly string[], where: Needed["in"], what: string): Needed {
  return { verbs: list, apiGroup, resources, from: "api", in: where, what };
}

function plugin(of: string, apiGroup: string, resources: readonly string[], where: Needed["in"]): Needed {
  return { ...api(apiGroup, resources, where, `policies, pools and settings of ${of}`), of };
}

function tree(apiGroup: string, resources: readonly string[], where: Needed["in"]): Needed {
  return {
    ...api(apiGroup, resources, where, "rows of the tree that follow the cluster"),
    verbs: ["list", "watch"],
    from: "tree",
  };
}

/** What is wanted up to a level; with a namespace, what of it a Role there can allow. */
export function rightsFor(
  access: Access,
  namespace: string | undefined,
  also: readonly Besides[] = [],
): readonly Right[] {
  const upTo = accessLevels.indexOf(access);
  return needed
    .filter(({ from }) => (isBesides(from) ? also.includes(from) : accessLevels.indexOf(from) <= upTo))
    .filter((one) => namespace === undefined || one.in === "namespace")
    .flatMap(({ verbs, apiGroup, resources, names }) =>
      resources.map((resource) => ({
        verbs,
        apiGroup,
        resource,
        ...(names ? { names } : {}),
        ...(namespace === undefined ? {} : { namespace }),
      })),
    );
}

function isBesides(from: Needed["from"]): from is Besides {
  return besides.some((one) => one === from);
}
