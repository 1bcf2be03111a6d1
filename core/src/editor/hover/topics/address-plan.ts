import type { FieldDoc } from "../field-doc.ts";
import { nodesIn, serviceRoom } from "../room.ts";

const dualStack = "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#configure-ipv4-ipv6-dual-stack";
const kubeadm = "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/dual-stack-support/";
const k3s = "https://docs.k3s.io/networking/basic-network-options#dual-stack-ipv4--ipv6-networking";
const kind = "https://kind.sigs.k8s.io/docs/user/configuration/#ip-family";
const capi = "https://cluster-api.sigs.k8s.io/developer/core/controllers/cluster";
const talos = "https://www.talos.dev/latest/reference/configuration/v1alpha1/config/";

const pods = `The addresses of pods: one prefix, or one of each family, the primary one first. The controller manager cuts each into one
prefix a node, for IPv6 a /64 unless it is told another length, and takes at most 16 bits between the two lengths.`;
const services = `The ClusterIPs of Services: one prefix, or one of each family. The first is the primary family, which a Service gets that asks for
nothing. It has to have the families of the pods, or Services have addresses that nobody answers for; an IPv6 prefix of /112 fits every version.`;

/** Where installers have the two, by the kind that `classify` gives their file. */
const places: readonly (readonly [kind: string, pods: string, services: string, source: string])[] = [
  ["ClusterConfiguration", "networking.podSubnet", "networking.serviceSubnet", kubeadm],
  ["KindCluster", "networking.podSubnet", "networking.serviceSubnet", kind],
  ["K3sConfig", "cluster-cidr", "service-cidr", k3s],
  ["K3sConfig", "cluster-cidr[]", "service-cidr[]", k3s],
  ["Cluster", "spec.clusterNetwork.pods.cidrBlocks[]", "spec.clusterNetwork.services.cidrBlocks[]", capi],
  ["Cluster", "spec.clusterNetwork.pods.cidrBlocks", "spec.clusterNetwork.services.cidrBlocks", capi],
  ["TalosConfig", "cluster.network.podSubnets[]", "cluster.network.serviceSubnets[]", talos],
  ["TalosConfig", "cluster.network.podSubnets", "cluster.network.serviceSubnets", talos],
  ["K0sCluster", "spec.network.podCIDR", "spec.network.serviceCIDR", "https://docs.k0sproject.io/stable/dual-stack/"],
  [
    "K0sCluster",
    "spec.network.dualStack.IPv6podCIDR",
    "spec.network.dualStack.IPv6serviceCIDR",
    "https://docs.k0sproject.io/stable/dual-stack/",
  ],
  [
    "TalhelperConfig",
    "clusterPodNets[]",
    "clusterSvcNets[]",
    "https://budimanjojo.github.io/talhelper/latest/reference/configuration/",
  ],
  ["KubesprayVars", "kube_pods_subnet", "kube_service_addresses", dualStack],
  ["KubesprayVars", "kube_pods_subnet_ipv6", "kube_service_addresses_ipv6", dualStack],
  [
    "RkeConfig",
    "services.kube-controller.cluster_cidr",
    "services.kube-api.service_cluster_ip_range",
    "https://rke.docs.rancher.com/config-options/services",
  ],
];

export const topic: readonly FieldDoc[] = [
  ...places.flatMap(([at, podPath, servicePath, source]): FieldDoc[] => [
    { kinds: [at], path: podPath, says: pods, source, follows: nodesIn },
    { kinds: [at], path: servicePath, says: services, source, follows: serviceRoom },
  ]),
  {
    kinds: ["KindCluster"],
    path: "networking.ipFamily",
    says: "`ipv4`, `ipv6` or `dual`. With `dual` IPv4 comes first unless podSubnet and serviceSubnet name IPv6 first; Docker has to have IPv6 for the nodes.",
    source: kind,
  },
  {
    kinds: ["K3sConfig"],
    path: "node-ip",
    says: "The addresses of the node, one of each family that pods have and in that order. Left out, k3s takes one address, so that IPv6 pods have no node behind them.",
    source: k3s,
  },
  {
    kinds: ["K3sConfig"],
    path: "flannel-ipv6-masq",
    says: "Lets IPv6 packets of pods leave with the node's address. Off by default: pods with addresses from fd00::/8 reach nothing outside without it.",
    source: k3s,
  },
  {
    kinds: ["InitConfiguration"],
    path: "localAPIEndpoint.advertiseAddress",
    says: "One address, of the primary family of Services: the `kubernetes` Service and its endpoint have this family alone.",
    source: kubeadm,
  },
  {
    kinds: ["KubeletConfiguration"],
    path: "clusterDNS",
    says: "The name servers of pods, in the order they are asked. One of each family that the DNS Service has, the primary one first; libc reads three at most.",
    source: dualStack,
  },
  {
    kinds: ["KubeletConfiguration"],
    path: "address",
    says: "What the kubelet listens on. `0.0.0.0` is both families, as Go takes it; an address of one family is that family alone.",
    source: "https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/",
  },
];
