import { type Family, parsePrefix } from "../addresses/address.ts";
import type { Resource } from "../manifest/resource.ts";
import { maskFlag, maskFrom, maskOfFlags, type NodeMask, writtenMask } from "./node-mask.ts";
import { isSingle, listOf, type PlannedList } from "./planned-list.ts";

/** What an installer's file says of the addresses of a cluster, whichever installer it is. */
export interface ClusterPlan {
  readonly installer: string;
  readonly pods: PlannedList | undefined;
  readonly services: PlannedList | undefined;
  /** undefined where nodes get no prefix, or nobody can tell of which length. */
  nodeMask(family: Family): NodeMask | undefined;
  /** Where its reader says so. */
  readonly source: string;
}

type Reader = (resource: Resource) => Omit<ClusterPlan, "installer" | "source"> | undefined;

interface Installer {
  readonly installer: string;
  readonly source: string;
  readonly read: Reader;
  /** Of a kind that others have, too. */
  readonly group?: string;
}

/**
 * The plans of installers that hand their prefixes to Kubernetes' own programs as they are. kubeadm and kind judge theirs themselves, in
 * their own words, and have rules of their own.
 */
const installers: Readonly<Record<string, Installer | readonly Installer[]>> = {
  K3sConfig: { installer: "k3s", source: "https://docs.k3s.io/networking/basic-network-options", read: k3s },
  K0sCluster: { installer: "k0s", source: "https://docs.k0sproject.io/stable/dual-stack/", read: k0s },
  TalosConfig: {
    installer: "Talos",
    source: "https://www.talos.dev/latest/reference/configuration/v1alpha1/config/#Config.cluster.network",
    read: talos,
  },
  TalhelperConfig: {
    installer: "talhelper",
    source: "https://budimanjojo.github.io/talhelper/latest/reference/configuration/",
    read: talhelper,
  },
  KubesprayVars: {
    installer: "Kubespray",
    source: "https://github.com/kubernetes-sigs/kubespray/blob/master/docs/ansible/vars.md",
    read: kubespray,
  },
  RkeConfig: { installer: "RKE", source: "https://rke.docs.rancher.com/config-options/services", read: rke },
  InstallConfig: {
    installer: "OpenShift",
    source:
      "https://docs.openshift.com/container-platform/latest/networking/ovn_kubernetes_network_provider/converting-to-dual-stack.html",
    read: openshift,
  },
  MicroK8sLaunch: { installer: "MicroK8s", source: "https://microk8s.io/docs/ref-launch-config", read: microk8s },
  Cluster: [
    {
      installer: "Cluster API",
      source: "https://cluster-api.sigs.k8s.io/",
      read: clusterApi,
      group: "cluster.x-k8s.io",
    },
    { installer: "kops", source: "https://kops.sigs.k8s.io/cluster_spec/", read: kops, group: "kops.k8s.io" },
  ],
};

/** The kinds that hold a plan, for the `kinds` of rules. */
export const planKinds: readonly string[] = Object.keys(installers);

/** Which installers' plans are read, by the kind of their file, and where their readers say so. */
export const planSources: readonly (readonly [kind: string, installer: string, source: string])[] = Object.entries(
  installers,
).flatMap(([kind, own]) => [own].flat().map(({ installer, source }) => [kind, installer, source] as const));

/** Words without which no file holds a plan. */
export const mentionsPlan =
  /cluster[-_]?cidr|service-?cidr|service_cluster_ip_range|podCIDR|IPv6podCIDR|podSubnets|serviceSubnets|clusterPodNets|clusterSvcNets|kube_pods_subnet|kube_service_addresses|clusterNetwork|serviceNetwork|serviceClusterIPRange|extraCNIEnv/;

/** undefined for what is no installer's file. */
export function clusterPlan(resource: Resource): ClusterPlan | undefined {
  const own = Object.hasOwn(installers, resource.kind) ? [installers[resource.kind] ?? []].flat() : [];
  const known = own.find(({ group }) => group === undefined || group === resource.group);
  const plan = known?.read(resource);
  return known && plan ? { installer: known.installer, source: known.source, ...plan } : undefined;
}

/** {@link https://github.com/k3s-io/k3s/blob/main/pkg/daemons/control/server.go}, controllerManager */
function k3s(config: Resource): ReturnType<Reader> {
  const pods = listOf("cluster-cidr", config.get("cluster-cidr"));
  return {
    pods,
    services: listOf("service-cidr", config.get("service-cidr")),
    nodeMask: (family) => maskFrom(config, family, isSingle(pods), "kube-controller-manager-arg: "),
  };
}

/** k0s cuts IPv6 into a /117 a node. {@link https://docs.k0sproject.io/stable/dual-stack/#cidr-size} */
function k0s(config: Resource): ReturnType<Reader> {
  const network = config.get("spec", "network");
  const dual = network?.get("dualStack");
  const isDual = dual?.get("enabled")?.boolean === true;
  if (!network) return undefined;
  const args = config.get("spec", "controllerManager", "extraArgs");
  const services = listOf("serviceCIDR", network.get("serviceCIDR"), isDual ? dual?.get("IPv6serviceCIDR") : undefined);
  const key = (family: Family) => `spec.controllerManager.extraArgs.${maskFlag(family)}`;
  return {
    pods: listOf("podCIDR", network.get("podCIDR"), isDual ? dual?.get("IPv6podCIDR") : undefined),
    // With one of the two missing, k0s does not start: that is said by k0s-dual-stack.
    services: isDual && !(dual?.has("IPv6podCIDR") && dual.has("IPv6serviceCIDR")) ? undefined : services,
    nodeMask: (family) =>
      args?.get("allocate-node-cidrs")?.text === "false"
        ? undefined
        : writtenMask(args?.get(maskFlag(family)), key(family), family === "IPv4" ? 24 : isDual ? 117 : undefined),
  };
}

/** siderolabs/talos internal/app/machined/pkg/controllers/k8s/control_plane_static_pod.go */
function talos(config: Resource): ReturnType<Reader> {
  const network = config.get("cluster", "network");
  const pods = listOf("podSubnets", network?.get("podSubnets"));
  return {
    pods,
    services: listOf("serviceSubnets", network?.get("serviceSubnets")),
    nodeMask: (family) => maskFrom(config, family, isSingle(pods), "cluster.controllerManager.extraArgs."),
  };
}

function talhelper(config: Resource): ReturnType<Reader> {
  const pods = listOf("clusterPodNets", config.get("clusterPodNets"));
  // Patches may hold the flags of the controller manager in any spelling.
  const isPatched = ["patches", "controlPlane"].some((key) => config.root.has(key));
  return {
    pods,
    services: listOf("clusterSvcNets", config.get("clusterSvcNets")),
    nodeMask: (family) =>
      isPatched ? undefined : maskOfFlags(undefined, family, false, "cluster.controllerManager.extraArgs."),
  };
}

/** Of one stack, Kubespray takes the one family. roles/kubespray_defaults/defaults/main/main.yml */
function kubespray(vars: Resource): ReturnType<Reader> {
  const off = (key: string) => vars.get(key)?.boolean === false;
  const at = (name: string) => [
    off("ipv4_stack") ? undefined : vars.get(name),
    off("ipv6_stack") || off("enable_dual_stack_networks") ? undefined : vars.get(`${name}_ipv6`),
  ];
  return {
    pods: listOf("kube_pods_subnet", ...at("kube_pods_subnet")),
    services: listOf("kube_service_addresses", ...at("kube_service_addresses")),
    nodeMask: (family) => {
      const key = `kube_network_node_prefix${family === "IPv6" ? "_ipv6" : ""}`;
      return writtenMask(vars.get(key), key, family === "IPv6" ? 120 : 24);
    },
  };
}

/** Handed on as flags. {@link https://rke.docs.rancher.com/config-options/services} */
function rke(config: Resource): ReturnType<Reader> {
  const [api, controller] = ["kube-api", "kube-controller"].map((part) => config.get("services", part));
  const pods = listOf("cluster_cidr", controller?.get("cluster_cidr"));
  return {
    pods,
    services: listOf("service_cluster_ip_range", api?.get("service_cluster_ip_range")),
    nodeMask: (family) => maskFrom(config, family, isSingle(pods), "services.kube-controller.extra_args."),
  };
}

/** {@link https://github.com/openshift/installer/blob/main/pkg/types/validation/installconfig.go} */
function openshift(config: Resource): ReturnType<Reader> {
  const networking = config.get("networking");
  const networks = networking?.get("clusterNetwork")?.items() ?? [];
  if (!networking) return undefined;
  const cidrs = networks.map((network) => network.get("cidr"));
  return {
    pods: listOf("clusterNetwork", ...cidrs),
    services: listOf("serviceNetwork", networking.get("serviceNetwork")),
    nodeMask: (family) => {
      const own = networks.find((network) => parsePrefix(network.get("cidr")?.text ?? "")?.address.family === family);
      return writtenMask(own?.get("hostPrefix"), "hostPrefix", undefined);
    },
  };
}

/** Calico gives the pods their addresses, so that no node has a prefix. */
function microk8s(config: Resource): ReturnType<Reader> {
  const env = config.get("extraCNIEnv");
  const isOff = (family: Family) => env?.get(`${family}_SUPPORT`)?.boolean === false;
  const at = (what: string) =>
    (["IPv4", "IPv6"] as const).map((family) => (isOff(family) ? undefined : env?.get(`${family}_${what}_CIDR`)));
  return {
    pods: listOf("CLUSTER_CIDR", ...at("CLUSTER")),
    services: listOf("SERVICE_CIDR", ...at("SERVICE")),
    nodeMask: () => undefined,
  };
}

/** Where Cluster API's providers have the flags of the controller manager: in another object than the plan. */
export const capiFlags = "controllerManager.extraArgs.";

/** What becomes kubeadm's podSubnet and serviceSubnet; the flags stand in another object. */
function clusterApi(cluster: Resource): ReturnType<Reader> {
  const network = cluster.get("spec", "clusterNetwork");
  if (!network) return undefined;
  return {
    pods: listOf("pods.cidrBlocks", network.get("pods", "cidrBlocks")),
    services: listOf("services.cidrBlocks", network.get("services", "cidrBlocks")),
    nodeMask: (family) => maskOfFlags(undefined, family, false, capiFlags),
  };
}

/** Below `networking` from v1alpha3 on; who gives pods their IPv6 prefixes is the cloud. kubernetes/kops pkg/apis/kops/validation/validation.go */
function kops(cluster: Resource): ReturnType<Reader> {
  const at = (key: string) => cluster.get("spec", "networking", key) ?? cluster.get("spec", key);
  return {
    pods: listOf("podCIDR", at("podCIDR")),
    services: listOf("serviceClusterIPRange", at("serviceClusterIPRange")),
    nodeMask: () => undefined,
  };
}
