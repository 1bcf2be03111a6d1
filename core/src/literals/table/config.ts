import type { AddressPath } from "../address-path.ts";

/** Configuration files of the components that build a cluster: their own loaders read these, not the API server. */
export const configAddresses: readonly AddressPath[] = [
  ...kubeadm(),
  ...kubelet(),
  ...kubeProxy(),
  ...kind(),
  ...k3s(),
  ...k0s(),
];

/** kubernetes/kubernetes cmd/kubeadm/app/apis/kubeadm/validation/validation.go; host bits are masked silently. */
function kubeadm(): AddressPath[] {
  const subnet = {
    kinds: ["ClusterConfiguration"],
    holds: "cidr",
    separator: ",",
    subnet: true,
    reader: "couldn't parse subnet",
    code: "KADM001",
  } as const;
  // What is unspecified or loopback: cmd/kubeadm/app/util/config/initconfiguration.go, SetAPIEndpointDynamicDefaults.
  const endpoint = { holds: "ip", separator: ",", reader: "ip address is not valid", role: "selector" } as const;
  return [
    { ...subnet, path: "networking.podSubnet", range: "pod" },
    { ...subnet, path: "networking.serviceSubnet", range: "service" },
    ...["apiServer.certSANs", "etcd.local.serverCertSANs", "etcd.local.peerCertSANs"].map(
      (path) => ({ kinds: ["ClusterConfiguration"], path: `${path}[]`, holds: "ip", ownRule: true }) as const,
    ),
    { kinds: ["ClusterConfiguration"], path: "controlPlaneEndpoint", holds: "ip-port", ownRule: true },
    // One address only; that a second one stands behind a comma is said by kubeadm-advertise-address.
    { ...endpoint, kinds: ["InitConfiguration"], path: "localAPIEndpoint.advertiseAddress" },
    { ...endpoint, kinds: ["JoinConfiguration"], path: "controlPlane.localAPIEndpoint.advertiseAddress" },
    {
      kinds: ["JoinConfiguration"],
      path: "discovery.bootstrapToken.apiServerEndpoint",
      holds: "ip-port",
      ownRule: true,
    },
  ];
}

/** kubernetes/kubernetes pkg/kubelet/kubelet.go: what cannot be read is logged and left out. */
function kubelet(): AddressPath[] {
  const own = { kinds: ["KubeletConfiguration"], groups: ["kubelet.config.k8s.io"], holds: "ip" } as const;
  return [
    { ...own, path: "address" },
    { ...own, path: "healthzBindAddress" },
    { ...own, path: "clusterDNS[]", reader: "Invalid clusterDNS IP", code: "KLT003", needed: true, role: "resolver" },
    { ...own, path: "podCIDR", holds: "cidr", separator: ",", subnet: true, range: "node" },
  ];
}

/** kubernetes/kubernetes pkg/proxy/apis/config/validation/validation.go */
function kubeProxy(): AddressPath[] {
  const own = { kinds: ["KubeProxyConfiguration"], groups: ["kubeproxy.config.k8s.io"] } as const;
  const range = "must be a valid CIDR block, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
  return [
    { ...own, path: "bindAddress", holds: "ip", reader: "not a valid textual representation of an IP address" },
    { ...own, path: "healthzBindAddress", holds: "ip-port", ownRule: true },
    { ...own, path: "metricsBindAddress", holds: "ip-port", ownRule: true },
    { ...own, path: "clusterCIDR", holds: "cidr", separator: ",", subnet: true, range: "pod", reader: range },
    { ...own, path: "nodePortAddresses[]", holds: "cidr", words: ["primary"], reader: range },
    { ...own, path: "ipvs.excludeCIDRs[]", holds: "cidr", reader: range },
    { ...own, path: "winkernel.sourceVip", holds: "ip" },
  ];
}

/** kubernetes-sigs/kind pkg/internal/apis/config/validate.go */
function kind(): AddressPath[] {
  const own = { kinds: ["KindCluster"] } as const;
  const subnet = { ...own, holds: "cidr", separator: ",", subnet: true, reader: "invalid CIDR address" } as const;
  return [
    { ...subnet, path: "networking.podSubnet", range: "pod" },
    { ...subnet, path: "networking.serviceSubnet", range: "service" },
    { ...own, path: "networking.apiServerAddress", holds: "ip" },
    { ...own, path: "nodes[].extraPortMappings[].listenAddress", holds: "ip" },
  ];
}

/** k3s and RKE2: each is a list, or a list in one string. {@link https://docs.k3s.io/networking/basic-network-options} */
function k3s(): AddressPath[] {
  const both = (key: string, path: Omit<AddressPath, "kinds" | "path">): AddressPath[] =>
    [key, `${key}[]`].map((spelt) => ({ kinds: ["K3sConfig"], separator: ",", path: spelt, ...path }));
  return [
    ...both("cluster-cidr", { holds: "cidr", subnet: true, range: "pod", reader: "invalid CIDR address" }),
    ...both("service-cidr", { holds: "cidr", subnet: true, range: "service", reader: "invalid CIDR address" }),
    ...["node-ip", "node-external-ip", "cluster-dns"].flatMap((key) => both(key, { holds: "ip" })),
    ...["bind-address", "advertise-address"].map((path) => ({ kinds: ["K3sConfig"], path, holds: "ip" }) as const),
    ...both("tls-san", { holds: "ip", loose: true }),
  ];
}

/** k0sproject/k0s pkg/apis/k0s/v1beta1/network.go */
function k0s(): AddressPath[] {
  const own = { kinds: ["K0sCluster"], holds: "cidr", subnet: true, reader: "invalid CIDR address" } as const;
  return [
    { ...own, path: "spec.network.podCIDR", range: "pod" },
    { ...own, path: "spec.network.serviceCIDR", range: "service" },
    { ...own, path: "spec.network.dualStack.IPv6podCIDR", range: "pod" },
    { ...own, path: "spec.network.dualStack.IPv6serviceCIDR", range: "service" },
    { kinds: own.kinds, path: "spec.api.address", holds: "ip" },
  ];
}
