import { type AddressPath, only } from "../address-path.ts";

/** antrea-io/antrea pkg/apis/crd/v1beta1/types.go */
export function antrea(): AddressPath[] {
  const groups = ["crd.antrea.io"];
  const policies = ["ClusterNetworkPolicy", "AntreaNetworkPolicy"];
  const pools = ["ExternalIPPool", "IPPool"];
  return [
    ...["spec.ingress[].from[]", "spec.egress[].to[]"].map(
      (peer) => ({ kinds: policies, groups, path: `${peer}.ipBlock.cidr`, holds: "cidr", subnet: true }) as const,
    ),
    { kinds: ["Egress"], groups, path: "spec.egressIP", holds: "ip" },
    { kinds: ["Egress"], groups, path: "spec.egressIPs[]", holds: "ip" },
    { kinds: pools, groups, path: "spec.ipRanges[].cidr", holds: "cidr", subnet: true },
    ...["start", "end"].map((key) => ({ kinds: pools, groups, path: `spec.ipRanges[].${key}`, holds: "ip" }) as const),
    // Of an older version of it; the subnet has it now.
    { kinds: ["IPPool"], groups, path: "spec.ipRanges[].gateway", holds: "ip" },
    { kinds: pools, groups, path: "spec.subnetInfo.gateway", holds: "ip" },
    ...antreaFiles(),
  ];
}

/** antrea-io/antrea pkg/config/agent/config.go, pkg/config/controller/config.go: their files in antrea-config */
function antreaFiles(): AddressPath[] {
  const own = { kinds: ["AntreaConf"], holds: "cidr", subnet: true } as const;
  return ["", "nodeIPAM."].flatMap((above) => [
    { ...own, ...only("IPv4"), path: `${above}serviceCIDR`, range: "service" },
    { ...own, ...only("IPv6"), path: `${above}serviceCIDRv6`, range: "service" },
    { ...own, path: `${above}clusterCIDRs[]`, range: "pod" },
  ]);
}
