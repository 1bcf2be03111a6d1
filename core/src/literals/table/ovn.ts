import { type AddressPath, only } from "../address-path.ts";

/** The two plugins that stand on Open Virtual Network. */
export function ovn(): AddressPath[] {
  return [...kubeOvn(), ...ovnKubernetes(), ...kubeOvnPods()];
}

/** kubeovn/kube-ovn pkg/util/net.go, validator.go */
function kubeOvn(): AddressPath[] {
  const subnet = { kinds: ["Subnet"], groups: ["kubeovn.io"], holds: "ip", separator: "," } as const;
  const vpc = { kinds: ["Vpc"], groups: ["kubeovn.io"] } as const;
  return [
    {
      ...subnet,
      path: "spec.cidrBlock",
      holds: "cidr",
      subnet: true,
      range: "pod",
      reader: "CIDRInvalid",
      needed: true,
    },
    { ...subnet, path: "spec.gateway", reader: "is not a valid IP" },
    { ...vpc, path: "spec.staticRoutes[].cidr", holds: "ip-or-cidr" },
    { ...vpc, path: "spec.staticRoutes[].nextHopIP", holds: "ip" },
    { ...vpc, path: "spec.policyRoutes[].nextHopIP", holds: "ip", separator: "," },
    // pkg/apis/kubeovn/v1/iptables-eip.go, vlan.go, ip-pool.go
    // The one is spelt v4ip, the other v4Ip.
    { kinds: ["IptablesEIP"], groups: ["kubeovn.io"], path: "spec.v4ip", holds: "ip", ...only("IPv4") },
    { kinds: ["IptablesEIP"], groups: ["kubeovn.io"], path: "spec.v6ip", holds: "ip", ...only("IPv6") },
    { kinds: ["OvnEip"], groups: ["kubeovn.io"], path: "spec.v4Ip", holds: "ip", ...only("IPv4") },
    { kinds: ["OvnEip"], groups: ["kubeovn.io"], path: "spec.v6Ip", holds: "ip", ...only("IPv6") },
    { kinds: ["VpcNatGateway"], groups: ["kubeovn.io"], path: "spec.lanIp", holds: "ip" },
  ];
}

/** ovn-kubernetes/ovn-kubernetes go-controller/pkg/crd */
function ovnKubernetes(): AddressPath[] {
  const groups = ["k8s.ovn.org"];
  const network = (kinds: readonly string[], above: string): AddressPath[] => {
    const own = { kinds, groups, holds: "cidr", subnet: true } as const;
    return [
      { ...own, path: `${above}.layer3.subnets[].cidr`, range: "pod" },
      { ...own, path: `${above}.layer2.subnets[]`, range: "pod" },
      ...["layer3", "layer2"].map((layer) => ({ ...own, path: `${above}.${layer}.joinSubnets[]` })),
      ...["reserved", "infrastructure"].map((what) => ({ ...own, path: `${above}.layer2.${what}Subnets[]` })),
      { kinds, groups, path: `${above}.layer2.defaultGatewayIPs[]`, holds: "ip" },
    ];
  };
  const localnet = "spec.network.localnet";
  const cluster = { kinds: ["ClusterUserDefinedNetwork"], groups, holds: "cidr", subnet: true } as const;
  const others = { groups, holds: "cidr", subnet: true } as const;
  const peer = "spec.egress[].classifier.to[].ipBlock";
  return [
    ...network(["UserDefinedNetwork"], "spec"),
    ...network(["ClusterUserDefinedNetwork"], "spec.network"),
    { ...cluster, path: `${localnet}.subnets[]` },
    { ...cluster, path: `${localnet}.excludeSubnets[]`, keptOut: true },
    { kinds: ["EgressIP"], groups, path: "spec.egressIPs[]", holds: "ip" },
    { ...others, kinds: ["EgressFirewall"], path: "spec.egress[].to.cidrSelector" },
    { ...others, kinds: ["EgressQoS"], path: "spec.egress[].dstCIDR" },
    { ...others, kinds: ["NetworkQoS"], path: `${peer}.cidr` },
    { ...others, kinds: ["NetworkQoS"], path: `${peer}.except[]`, keptOut: true },
    { ...others, kinds: ["ClusterNetworkConnect"], path: "spec.connectSubnets[].cidr" },
    { ...others, kinds: ["VTEP"], path: "spec.cidrs[]" },
    { kinds: ["AdminPolicyBasedExternalRoute"], groups, path: "spec.nextHops.static[].ip", holds: "ip" },
  ];
}

/** What a pod asks for, kubeovn/kube-ovn pkg/util/const.go: of a Pod, and of whatever makes pods, whose template carries it. */
function kubeOvnPods(): AddressPath[] {
  const makers = ["Deployment", "StatefulSet", "DaemonSet", "Job"];
  const own = { groups: ["", "apps", "batch"], holds: "ip", separator: "," } as const;
  return [
    { ...own, kinds: ["Pod"], path: 'metadata.annotations."ovn.kubernetes.io/ip_address"' },
    { ...own, kinds: makers, path: 'spec.template.metadata.annotations."ovn.kubernetes.io/ip_address"' },
  ];
}
