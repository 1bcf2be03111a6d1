import { type AddressPath, only } from "../address-path.ts";

/** Objects that describe a cluster which something else makes, and its nodes. */
export function hostedClusters(): AddressPath[] {
  return [...openshiftNetworks(), ...openshiftPlans(), ...karpenter(), ...openstack()];
}

/** openshift/api config/v1/types_network.go, operator/v1/types_network.go */
function openshiftNetworks(): AddressPath[] {
  const groups = ["config.openshift.io", "operator.openshift.io"];
  const own = { kinds: ["Network"], groups, holds: "cidr", subnet: true } as const;
  const ovn = "spec.defaultNetwork.ovnKubernetesConfig";
  return [
    { ...own, path: "spec.clusterNetwork[].cidr" },
    { ...own, path: "spec.serviceNetwork[]" },
    { ...own, path: "spec.externalIP.policy.allowedCIDRs[]" },
    { ...own, path: "spec.externalIP.policy.rejectedCIDRs[]", keptOut: true },
    ...(["4", "6"] as const).flatMap((version): AddressPath[] => {
      const family = only(`IPv${version}`);
      return [
        { ...own, ...family, path: `${ovn}.v${version}InternalSubnet` },
        { ...own, ...family, path: `${ovn}.ipv${version}.internalJoinSubnet` },
        { ...own, ...family, path: `${ovn}.ipv${version}.internalTransitSwitchSubnet` },
      ];
    }),
  ];
}

/**
 * openshift/hypershift api/hypershift/v1beta1/hostedcluster_types.go, openshift/assisted-service
 * api/hiveextension/v1beta1/agentclusterinstall_types.go. Each is of a cluster of its own, so that they may overlap.
 */
function openshiftPlans(): AddressPath[] {
  const hosted = {
    kinds: ["HostedCluster", "HostedControlPlane"],
    groups: ["hypershift.openshift.io"],
    holds: "cidr",
    subnet: true,
  } as const;
  const agent = { kinds: ["AgentClusterInstall"], groups: ["extensions.hive.openshift.io"] } as const;
  const range = { ...agent, holds: "cidr", subnet: true } as const;
  return [
    ...["clusterNetwork", "serviceNetwork", "machineNetwork"].map(
      (list) => ({ ...hosted, path: `spec.networking.${list}[].cidr` }) as const,
    ),
    { ...range, path: "spec.networking.clusterNetwork[].cidr" },
    { ...range, path: "spec.networking.serviceNetwork[]" },
    { ...range, path: "spec.networking.machineNetwork[].cidr" },
    ...["apiVIP", "ingressVIP", "apiVIPs[]", "ingressVIPs[]"].map(
      (vip) => ({ ...agent, path: `spec.${vip}`, holds: "ip" }) as const,
    ),
  ];
}

/** aws/karpenter-provider-aws pkg/apis/v1/ec2nodeclass.go: given to the kubelet */
function karpenter(): AddressPath[] {
  const own = { holds: "ip", reader: "Invalid clusterDNS IP", role: "resolver" } as const;
  return [
    { ...own, kinds: ["EC2NodeClass"], groups: ["karpenter.k8s.aws"], path: "spec.kubelet.clusterDNS[]" },
    { ...own, kinds: ["NodePool"], groups: ["karpenter.sh"], path: "spec.template.spec.kubelet.clusterDNS[]" },
  ];
}

/** kubernetes-sigs/cluster-api-provider-openstack api/v1beta1/openstackcluster_types.go */
function openstack(): AddressPath[] {
  const own = { kinds: ["OpenStackCluster"], groups: ["infrastructure.cluster.x-k8s.io"] } as const;
  return [
    { ...own, path: "spec.managedSubnets[].cidr", holds: "cidr", subnet: true },
    { ...own, path: "spec.managedSubnets[].dnsNameservers[]", holds: "ip", role: "resolver" },
    ...["start", "end"].map(
      (end) => ({ ...own, path: `spec.managedSubnets[].allocationPools[].${end}`, holds: "ip" }) as const,
    ),
    { ...own, path: "spec.apiServerLoadBalancer.allowedCIDRs[]", holds: "ip-or-cidr" },
  ];
}
