import { type AddressPath, only } from "../address-path.ts";
import { antrea } from "./antrea.ts";
import { hostedClusters } from "./hosted-clusters.ts";
import { istio } from "./istio.ts";
import { machinePools } from "./machine-pools.ts";
import { ovn } from "./ovn.ts";
import { podNetworks } from "./pod-networks.ts";

/** Objects of other projects, each read by its own controller. */
export const projectAddresses: readonly AddressPath[] = [
  ...istio(),
  ...ciliumBgp(),
  ...ovn(),
  ...antrea(),
  ...gateways(),
  ...clouds(),
  ...machinePools(),
  ...hostedClusters(),
  ...podNetworks(),
  ...kubeVip(),
  ...others(),
].map((path) => ({ byGo: true, ...path }));

/** The agent is in the node's network, and may peer with a daemon beside it. cilium/cilium pkg/k8s/apis/cilium.io/v2/bgp_cluster_types.go, v2alpha1/bgp_pp_types.go */
function ciliumBgp(): AddressPath[] {
  const own = { groups: ["cilium.io"], holds: "ip" } as const;
  const override = { ...own, kinds: ["CiliumBGPNodeConfigOverride"] } as const;
  return [
    { ...own, kinds: ["CiliumBGPClusterConfig"], path: "spec.bgpInstances[].peers[].peerAddress", role: "peer" },
    { ...override, path: "spec.bgpInstances[].routerID", family: "IPv4" },
    { ...override, path: "spec.bgpInstances[].peers[].localAddress" },
    {
      ...own,
      kinds: ["CiliumBGPPeeringPolicy"],
      path: "spec.virtualRouters[].neighbors[].peerAddress",
      holds: "cidr",
      role: "peer",
    },
  ];
}

/** What gateways of other projects take for clients: envoyproxy/gateway api/v1alpha1, traefik/traefik pkg/ip/checker.go */
function gateways(): AddressPath[] {
  const envoy = { groups: ["gateway.envoyproxy.io"], holds: "cidr" } as const;
  const contour = { groups: ["projectcontour.io"], kinds: ["HTTPProxy"], holds: "ip-or-cidr" } as const;
  const traefik = { groups: ["traefik.io", "traefik.containo.us"], holds: "ip-or-cidr" } as const;
  return [
    { ...envoy, kinds: ["SecurityPolicy"], path: "spec.authorization.rules[].principal.clientCIDRs[]" },
    { ...envoy, kinds: ["ClientTrafficPolicy"], path: "spec.clientIPDetection.xForwardedFor.trustedCIDRs[]" },
    // projectcontour/contour apis/projectcontour/v1/httpproxy.go, IPFilterPolicy
    ...["spec.virtualhost", "spec.routes[]"].flatMap((at) => [
      { ...contour, path: `${at}.ipAllowPolicy[].cidr` },
      { ...contour, path: `${at}.ipDenyPolicy[].cidr`, keptOut: true },
    ]),
    ...["Middleware", "MiddlewareTCP"].flatMap((kind) =>
      ["ipAllowList", "ipWhiteList"].map(
        (list) =>
          ({
            ...traefik,
            kinds: [kind],
            path: `spec.${list}.sourceRange[]`,
            reader: "parsing CIDR trusted IPs",
          }) as const,
      ),
    ),
  ];
}

/** What makes or serves clusters and names for others. */
function clouds(): AddressPath[] {
  const gardener = { groups: ["core.gardener.cloud"], holds: "cidr", subnet: true } as const;
  const garden = { ...gardener, kinds: ["Garden"], groups: ["operator.gardener.cloud"] } as const;
  const kubeone = { kinds: ["KubeOneCluster"], groups: ["kubeone.k8c.io"], holds: "cidr", subnet: true } as const;
  const ranges = [
    ["pods", "pod"],
    ["services", "service"],
    ["nodes", "node"],
  ] as const;
  const azure = "service.beta.kubernetes.io/azure-load-balancer-ipv";
  const aws = "service.beta.kubernetes.io/aws-load-balancer";
  return [
    // gardener/gardener pkg/apis/core/v1beta1/types_shoot.go, types_seed.go, pkg/apis/operator/v1alpha1/types_garden.go
    ...ranges.flatMap(([key, range]): AddressPath[] => [
      { ...gardener, kinds: ["Shoot"], path: `spec.networking.${key}`, range },
      { ...gardener, kinds: ["Seed"], path: `spec.networks.${key}` },
      { ...garden, path: `spec.runtimeCluster.networking.${key}[]` },
    ]),
    ...["pods", "services"].map((key): AddressPath => {
      return { ...gardener, kinds: ["Seed"], path: `spec.networks.shootDefaults.${key}` };
    }),
    { ...gardener, kinds: ["Seed"], path: "spec.networks.blockCIDRs[]", keptOut: true },
    { ...garden, path: "spec.runtimeCluster.networking.blockCIDRs[]", keptOut: true },
    { ...garden, path: "spec.virtualCluster.networking.services[]" },
    // kubermatic/kubeone pkg/apis/kubeone/v1beta3/types.go
    ...["pod", "service"].flatMap((range): AddressPath[] => [
      { ...kubeone, ...only("IPv4"), path: `clusterNetwork.${range}Subnet` },
      { ...kubeone, ...only("IPv6"), path: `clusterNetwork.${range}SubnetIPv6` },
    ]),
    { ...kubeone, path: "clusterNetwork.kubeProxy.ipvs.excludeCIDRs[]", subnet: false, keptOut: true },
    ...["controlPlane", "staticWorkers"].flatMap((hosts): AddressPath[] => [
      { ...kubeone, ...only("IPv6"), path: `${hosts}.hosts[].ipv6Addresses[]`, holds: "ip" },
      { ...kubeone, path: `${hosts}.hosts[].publicAddress`, holds: "ip", shaped: true },
      { ...kubeone, path: `${hosts}.hosts[].privateAddress`, holds: "ip", shaped: true },
    ]),
    // kubernetes-sigs/cloud-provider-azure pkg/consts/consts.go
    ...(["4", "6"] as const).map((version): AddressPath => {
      const path = `metadata.annotations."${azure}${version}"`;
      return { kinds: ["Service"], groups: [""], path, holds: "ip", ...only(`IPv${version}`) };
    }),
    // kubernetes-sigs/aws-load-balancer-controller docs/guide/service/annotations.md: one address a subnet
    ...(
      [
        ["private-ipv4", "IPv4"],
        ["ipv6", "IPv6"],
      ] as const
    ).map(([what, family]): AddressPath => {
      const path = `metadata.annotations."${aws}-${what}-addresses"`;
      return { kinds: ["Service"], groups: [""], path, holds: "ip", separator: ",", blanks: true, ...only(family) };
    }),
    // kubernetes-sigs/external-dns apis/v1alpha1/dnsendpoint.go: names for other types of record
    {
      kinds: ["DNSEndpoint"],
      groups: ["externaldns.k8s.io"],
      path: "spec.endpoints[].targets[]",
      holds: "ip",
      shaped: true,
      // A proxy in front of it takes an address that nobody has: 100:: and 192.0.2.1 for Cloudflare's.
      keptOut: true,
    },
  ];
}

/** kube-vip/kube-vip-cloud-provider pkg/config/config.go: the pools of namespaces in the ConfigMap kubevip. */
function kubeVip(): AddressPath[] {
  const own = { kinds: ["ConfigMap"], groups: [""], separator: ",", range: "load-balancer" } as const;
  return ["global", "default", "kube-system"].flatMap((namespace): AddressPath[] => [
    { ...own, path: `data."cidr-${namespace}"`, holds: "cidr" },
    { ...own, path: `data."range-${namespace}"`, holds: "ip-range" },
  ]);
}

function others(): AddressPath[] {
  const nmstate = { kinds: ["NodeNetworkConfigurationPolicy"], groups: ["nmstate.io"] } as const;
  const state = "spec.desiredState";
  return [
    // rook/rook pkg/apis/ceph.rook.io/v1/network.go
    ...["public", "cluster"].map(
      (network) =>
        ({
          kinds: ["CephCluster"],
          groups: ["ceph.rook.io"],
          path: `spec.network.addressRanges.${network}[]`,
          holds: "cidr",
        }) as const,
    ),
    // zalando/postgres-operator manifests/postgresql.crd.yaml: become the loadBalancerSourceRanges of its Services
    {
      kinds: ["postgresql"],
      groups: ["acid.zalan.do"],
      path: "spec.allowedSourceRanges[]",
      holds: "cidr",
      subnet: true,
    },
    // nmstate/nmstate rust/src/lib/ip.rs
    ...["ipv4", "ipv6"].map(
      (family) => ({ ...nmstate, path: `${state}.interfaces[].${family}.address[].ip`, holds: "ip" }) as const,
    ),
    { ...nmstate, path: `${state}.dns-resolver.config.server[]`, holds: "ip", loose: true, role: "resolver" },
    { ...nmstate, path: `${state}.routes.config[].destination`, holds: "cidr" },
    { ...nmstate, path: `${state}.routes.config[].next-hop-address`, holds: "ip" },
    { ...nmstate, path: `${state}.routes.config[].source`, holds: "ip" },
    ...["from", "to"].map(
      (way) => ({ ...nmstate, path: `${state}.route-rules.config[].ip-${way}`, holds: "ip-or-cidr" }) as const,
    ),
  ];
}
