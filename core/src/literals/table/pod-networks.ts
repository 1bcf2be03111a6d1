import { type AddressPath, only } from "../address-path.ts";

/** What gives pods and machines in pods their networks beside the cluster's plugin, and what speaks BGP for nodes. */
export function podNetworks(): AddressPath[] {
  return [...linkerd(), ...spiderpool(), ...kubevirt(), ...frr(), ...tailscale(), ...clickHouse()];
}

/** linkerd/linkerd2-proxy-init proxy-init/cmd/root.go: of a Pod, of what makes pods, or of their Namespace */
function linkerd(): AddressPath[] {
  const annotation = 'metadata.annotations."config.linkerd.io/skip-subnets"';
  const own = { holds: "cidr", separator: ",", blanks: true, keptOut: true } as const;
  const groups = ["", "apps", "batch"];
  const reader = "is not a valid CIDR address";
  return [
    { ...own, groups, reader, kinds: ["Pod", "Namespace"], path: annotation },
    {
      ...own,
      groups,
      reader,
      kinds: ["Deployment", "StatefulSet", "DaemonSet", "Job"],
      path: `spec.template.${annotation}`,
    },
  ];
}

/** spidernet-io/spiderpool pkg/k8s/apis/spiderpool.spidernet.io/v2beta1/spiderippool_types.go */
function spiderpool(): AddressPath[] {
  const own = { kinds: ["SpiderIPPool"], groups: ["spiderpool.spidernet.io"], holds: "ip" } as const;
  return [
    { ...own, path: "spec.subnet", holds: "cidr", subnet: true },
    { ...own, path: "spec.gateway" },
    ...["ips", "excludeIPs"].map(
      (list): AddressPath => ({
        ...own,
        path: `spec.${list}[]`,
        holds: "ip-range",
        loose: true,
        keptOut: list !== "ips",
      }),
    ),
    { ...own, path: "spec.routes[].dst", holds: "cidr" },
    { ...own, path: "spec.routes[].gw" },
  ];
}

/** kubevirt/kubevirt staging/src/kubevirt.io/api/core/v1/schema.go: the first address of the prefix is the gateway's. */
function kubevirt(): AddressPath[] {
  const own = { groups: ["kubevirt.io"], holds: "cidr" } as const;
  return [
    { kind: "VirtualMachine", at: "spec.template.spec" },
    { kind: "VirtualMachineInstance", at: "spec" },
  ].flatMap(({ kind, at }): AddressPath[] => [
    { ...own, kinds: [kind], ...only("IPv4"), path: `${at}.networks[].pod.vmNetworkCIDR` },
    { ...own, kinds: [kind], ...only("IPv6"), path: `${at}.networks[].pod.vmIPv6NetworkCIDR` },
  ]);
}

/** metallb/frr-k8s api/v1beta1/frrconfiguration_types.go */
function frr(): AddressPath[] {
  const own = { kinds: ["FRRConfiguration"], groups: ["frrk8s.metallb.io"], holds: "ip" } as const;
  const router = "spec.bgp.routers[]";
  return [
    { ...own, path: `${router}.prefixes[]`, holds: "cidr", subnet: true },
    { ...own, path: `${router}.neighbors[].address` },
    { ...own, path: `${router}.neighbors[].sourceaddress` },
    { ...own, path: `${router}.neighbors[].toAdvertise.allowed.prefixes[]`, holds: "cidr" },
    { ...own, path: `${router}.neighbors[].toReceive.allowed.prefixes[].prefix`, holds: "cidr" },
  ];
}

/** tailscale/tailscale k8s-operator/apis/v1alpha1/types_connector.go */
function tailscale(): AddressPath[] {
  const own = { kinds: ["Connector"], groups: ["tailscale.com"] } as const;
  return [{ ...own, path: "spec.subnetRouter.advertiseRoutes[]", holds: "cidr", subnet: true }];
}

/** Names may stand there, too. {@link https://clickhouse.com/docs/operations/settings/settings-users#user-namenetworks} */
function clickHouse(): AddressPath[] {
  const own = { kinds: ["ClickHouseInstallation"], groups: ["clickhouse.altinity.com"], shaped: true } as const;
  return [{ ...own, path: "spec.configuration.users.**", key: /\/networks\/ip$/, holds: "ip-or-cidr" }];
}
