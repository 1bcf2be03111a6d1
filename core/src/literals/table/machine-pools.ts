import { type AddressPath, only } from "../address-path.ts";

/** What gives addresses to machines and to Services beside MetalLB. */
export function machinePools(): AddressPath[] {
  const inCluster = { kinds: ["InClusterIPPool", "GlobalInClusterIPPool"], groups: ["ipam.cluster.x-k8s.io"] } as const;
  const metal3 = { kinds: ["IPPool"], groups: ["ipam.metal3.io"], holds: "ip" } as const;
  const proxmox = { kinds: ["ProxmoxCluster"], groups: ["infrastructure.cluster.x-k8s.io"] } as const;
  const vsphere = { groups: ["infrastructure.cluster.x-k8s.io"], holds: "ip" } as const;
  const purelb = { kinds: ["ServiceGroup"], groups: ["purelb.io"] } as const;
  const devices = [
    ["VSphereMachineTemplate", "spec.template.spec.network.devices[]"],
    ["VSphereMachine", "spec.network.devices[]"],
  ] as const;
  return [
    // kubernetes-sigs/cluster-api-ipam-provider-in-cluster api/v1alpha2/inclusterippool_types.go: addresses, ranges, prefixes
    { ...inCluster, path: "spec.addresses[]", holds: "ip-range", loose: true },
    { ...inCluster, path: "spec.gateway", holds: "ip" },
    // metal3-io/ip-address-manager api/v1alpha1/ippool_types.go
    ...["start", "end", "gateway"].map((key) => ({ ...metal3, path: `spec.pools[].${key}` })),
    { ...metal3, path: "spec.pools[].subnet", holds: "cidr" },
    { ...metal3, path: "spec.gateway" },
    // ionos-cloud/cluster-api-provider-proxmox api/v1alpha1/proxmoxcluster_types.go
    ...(["4", "6"] as const).flatMap((version): AddressPath[] => [
      { ...proxmox, path: `spec.ipv${version}Config.addresses[]`, holds: "ip-range", loose: true },
      { ...proxmox, path: `spec.ipv${version}Config.gateway`, holds: "ip", ...only(`IPv${version}`) },
    ]),
    { ...proxmox, path: "spec.dnsServers[]", holds: "ip", role: "resolver" },
    // kubernetes-sigs/cluster-api-provider-vsphere apis/v1beta1/types.go, NetworkDeviceSpec
    ...devices.flatMap(([kind, at]): AddressPath[] => [
      { ...vsphere, kinds: [kind], path: `${at}.ipAddrs[]`, holds: "cidr" },
      { ...vsphere, kinds: [kind], path: `${at}.gateway4`, ...only("IPv4") },
      { ...vsphere, kinds: [kind], path: `${at}.gateway6`, ...only("IPv6") },
      { ...vsphere, kinds: [kind], path: `${at}.nameservers[]`, role: "resolver" },
    ]),
    // purelb/purelb pkg/apis/purelb/v1/types.go: a pool is a prefix or a range in a subnet of its family
    ...(["4", "6"] as const).flatMap((version): AddressPath[] =>
      ["local", "remote"].flatMap((where): AddressPath[] => {
        const at = `spec.${where}.v${version}pools[]`;
        const family = only(`IPv${version}`);
        return [
          { ...purelb, path: `${at}.pool`, holds: "ip-range", range: "load-balancer", ...family },
          { ...purelb, path: `${at}.subnet`, holds: "cidr", subnet: true, ...family },
        ];
      }),
    ),
    { ...purelb, path: "spec.local.pool", holds: "ip-range", range: "load-balancer" },
    { ...purelb, path: "spec.local.subnet", holds: "cidr", subnet: true },
  ];
}
