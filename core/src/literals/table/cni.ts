import type { AddressPath } from "../address-path.ts";
import { calicoAddresses } from "./calico.ts";

/** Objects and files of network plugins and load balancers: read by their controllers, which refuse more than the API server. */
export const cniAddresses: readonly AddressPath[] = [
  ...calicoAddresses,
  ...ciliumConfig(),
  ...ciliumValues(),
  ...ciliumPolicies(),
  ...ciliumPools(),
  ...metallb(),
  ...flannel(),
  ...cniConfig(),
].map((path) => ({ byGo: true, ...path }));

/** The keys of cilium-config, flags of the agent and the operator. {@link https://docs.cilium.io/en/stable/cmdref/cilium-agent/} */
function ciliumConfig(): AddressPath[] {
  const own = { kinds: ["ConfigMap"], groups: [""], holds: "cidr" } as const;
  return [
    { ...own, path: 'data."ipv6-cluster-alloc-cidr"', subnet: true, reader: "unable to parse CIDR value" },
    ...(["4", "6"] as const).flatMap((version): AddressPath[] => {
      const family = `IPv${version}` as const;
      const key = `ipv${version}-native-routing-cidr`;
      const otherFamily = { says: `${key} must be an ${family} CIDR`, code: "CIL003" };
      return [
        { ...own, path: `data."${key}"`, family, otherFamily },
        // Parted by blanks; some write commas, so that a part that cannot be read is not held against it.
        { ...own, path: `data."cluster-pool-ipv${version}-cidr"`, separator: " ", range: "pod", loose: true },
      ];
    }),
  ];
}

/** The values of Cilium's chart, alone or below its name. {@link https://docs.cilium.io/en/stable/helm-reference/} */
function ciliumValues(): AddressPath[] {
  const own = { kinds: ["HelmValues"], holds: "cidr" } as const;
  return ["", "cilium."].flatMap((chart) => [
    // Joined with a port by the programs. It may be a name, or "auto".
    { ...own, path: `${chart}k8sServiceHost`, holds: "ip", shaped: true, reader: "no such host", byGo: true } as const,
    ...(["4", "6"] as const).flatMap((version): AddressPath[] => {
      const family = `IPv${version}` as const;
      const key = `ipv${version}NativeRoutingCIDR`;
      const otherFamily = { says: `${key} must be an ${family} CIDR`, code: "CIL003" };
      const list = `${chart}ipam.operator.clusterPoolIPv${version}PodCIDRList[]`;
      const pool = `${chart}ipam.operator.autoCreateCiliumPodIPPools.default.ipv${version}.cidrs[]`;
      return [
        { ...own, path: chart + key, family, otherFamily },
        // Whether these are what pods get is decided by values that may stand in another file.
        { ...own, path: list, subnet: true, reader: "unable to parse CIDR value" },
        { ...own, path: pool, subnet: true, family, reader: "unable to parse CIDR value" },
      ];
    }),
  ]);
}

/** cilium/cilium pkg/policy/api/cidr.go, egressgateway and CIDR groups beside it; longer prefixes are cut silently. */
function ciliumPolicies(): AddressPath[] {
  const kinds = ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"];
  const own = { kinds, groups: ["cilium.io"], holds: "cidr", subnet: true } as const;
  const sections = [
    ["ingress", "from"],
    ["ingressDeny", "from"],
    ["egress", "to"],
    ["egressDeny", "to"],
  ];
  const lists = ["spec", "specs[]"].flatMap((spec) => sections.map(([list, way]) => `${spec}.${list}[].${way}`));
  const gateway = { kinds: ["CiliumEgressGatewayPolicy"], groups: ["cilium.io"], holds: "cidr" } as const;
  return [
    ...lists.flatMap((way) => [
      { ...own, path: `${way}CIDR[]`, keptOut: /Deny/.test(way) },
      { ...own, path: `${way}CIDRSet[].cidr`, keptOut: /Deny/.test(way) },
      { ...own, path: `${way}CIDRSet[].except[]`, keptOut: true },
    ]),
    { ...gateway, path: "spec.destinationCIDRs[]", subnet: true },
    { ...gateway, path: "spec.excludedCIDRs[]", subnet: true, keptOut: true },
    { ...gateway, path: "spec.egressGateway.egressIP", holds: "ip" },
    { ...gateway, path: "spec.egressGateways[].egressIP", holds: "ip" },
    {
      kinds: ["CiliumLocalRedirectPolicy"],
      groups: ["cilium.io"],
      path: "spec.redirectFrontend.addressMatcher.ip",
      holds: "ip",
    },
    { kinds: ["CiliumCIDRGroup"], groups: ["cilium.io"], path: "spec.externalCIDRs[]", holds: "cidr", subnet: true },
  ];
}

/** cilium/cilium pkg/k8s/apis/cilium.io/v2/lbipam_types.go, ippool_types.go */
function ciliumPools(): AddressPath[] {
  const balancer = { kinds: ["CiliumLoadBalancerIPPool"], groups: ["cilium.io"] } as const;
  const pods = {
    kinds: ["CiliumPodIPPool"],
    groups: ["cilium.io"],
    holds: "cidr",
    range: "pod",
    subnet: true,
  } as const;
  return [
    // `cidrs` is what older versions call them.
    ...["blocks", "cidrs"].flatMap((list) => [
      { ...balancer, path: `spec.${list}[].cidr`, holds: "cidr", range: "load-balancer", subnet: true } as const,
      { ...balancer, path: `spec.${list}[].start`, holds: "ip" } as const,
      { ...balancer, path: `spec.${list}[].stop`, holds: "ip" } as const,
    ]),
    { ...pods, path: "spec.ipv4.cidrs[]", family: "IPv4" },
    { ...pods, path: "spec.ipv6.cidrs[]", family: "IPv6" },
    ...["lbipam.cilium.io/ips", "io.cilium/lb-ipam-ips"].flatMap(requestedAddresses),
  ];
}

/** metallb/metallb internal/config/config.go, controller/service.go */
function metallb(): AddressPath[] {
  const own = { groups: ["metallb.io"], holds: "ip" } as const;
  const kinds = ["IPAddressPool", "AddressPool"];
  const pools = { ...own, kinds, holds: "ip-range", range: "load-balancer", reader: "invalid CIDR" } as const;
  return [
    { ...pools, path: "spec.addresses[]", subnet: true },
    { ...own, kinds: ["BGPPeer"], path: "spec.peerAddress", role: "target", interface: ["spec", "interface"] },
    { ...own, kinds: ["BGPPeer"], path: "spec.sourceAddress" },
    ...["metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs"].flatMap(requestedAddresses),
    // kube-vip/kube-vip pkg/kubevip/annotations.go
    ...requestedAddresses("kube-vip.io/loadbalancerIPs"),
  ];
}

/** Of a Service, or of the one that is made of a Gateway. {@link https://gateway-api.sigs.k8s.io/geps/gep-1762/#gateway-attached-resources} */
function requestedAddresses(annotation: string): AddressPath[] {
  const own = { holds: "ip", separator: ",", blanks: true } as const;
  const gateway = ["gateway.networking.k8s.io"];
  return [
    { ...own, kinds: ["Service"], groups: [""], path: `metadata.annotations."${annotation}"` },
    { ...own, kinds: ["Gateway"], groups: gateway, path: `spec.infrastructure.annotations."${annotation}"` },
  ];
}

/** flannel-io/flannel pkg/subnet/config.go; host bits are cut silently. */
function flannel(): AddressPath[] {
  const own = { kinds: ["FlannelNetConf"], holds: "cidr", range: "pod", subnet: true } as const;
  const refused = (family: string) => ({ says: `its reader takes an ${family} CIDR only`, code: "FLN003" });
  return [
    { ...own, path: "Network", family: "IPv4", otherFamily: refused("IPv4") },
    { ...own, path: "IPv6Network", family: "IPv6", otherFamily: refused("IPv6") },
  ];
}

/** containernetworking/plugins plugins/ipam/host-local/backend/allocator, plugins/ipam/static; k8snetworkplumbingwg/whereabouts pkg/config */
function cniConfig(): AddressPath[] {
  const own = {
    kinds: ["CNIConfig"],
    groups: [""],
    holds: "ip",
    reader: "invalid IP address",
    code: "CNI006",
  } as const;
  const masked = { says: "Network has host bits set", code: "CNI002" };
  return ["ipam", "plugins[].ipam"].flatMap((ipam) => [
    ...[`${ipam}`, `${ipam}.ranges[][]`].flatMap((range): AddressPath[] => [
      // Calico's older configurations leave the subnet of host-local to the node's podCIDR.
      { kinds: ["CNIConfig"], path: `${range}.subnet`, holds: "cidr", masked, words: ["usePodCidr", "usePodCidrIPv6"] },
      ...["rangeStart", "rangeEnd", "gateway"].map((key): AddressPath => ({ ...own, path: `${range}.${key}` })),
    ]),
    { kinds: ["CNIConfig"], path: `${ipam}.addresses[].address`, holds: "cidr" } as const,
    { ...own, path: `${ipam}.addresses[].gateway` },
    { kinds: ["CNIConfig"], path: `${ipam}.routes[].dst`, holds: "cidr" } as const,
    { ...own, path: `${ipam}.routes[].gw` },
    // projectcalico/calico cni-plugin/pkg/ipamplugin/ipam_plugin.go, utils.ParsePools: prefixes or names of pools.
    ...(["4", "6"] as const).map((version): AddressPath => {
      const family = `IPv${version}` as const;
      const otherFamily = { says: `ipv${version}_pools takes ${family} pools` };
      return {
        kinds: ["CNIConfig"],
        path: `${ipam}.ipv${version}_pools[]`,
        holds: "cidr",
        loose: true,
        family,
        otherFamily,
      };
    }),
    // A prefix, or two addresses with one: `10.0.0.5-10.0.0.9/24`. It is read as Kubernetes reads its own fields.
    ...[`${ipam}.range`, `${ipam}.ipRanges[].range`].map(
      (path) => ({ kinds: ["CNIConfig"], path, holds: "cidr", loose: true, byGo: false }) as const,
    ),
    ...[`${ipam}`, `${ipam}.ipRanges[]`].flatMap((at): AddressPath[] => [
      ...["range_start", "range_end"].map((key): AddressPath => ({ ...own, path: `${at}.${key}`, loose: true })),
      { kinds: ["CNIConfig"], path: `${at}.exclude[]`, holds: "ip-or-cidr", ownRule: true, keptOut: true },
    ]),
  ]);
}
