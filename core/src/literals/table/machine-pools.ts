import { type AddressPath, only } from "../address-path.ts";

/** What gives addresses to machines and to Services beside MetalLB. */
export function machinePools(): AddressPath[] {
  const inCluster = { kinds: ["InClusterIPPool", "GlobalInClusterIPPool"], groups: ["ipam.cluster.x-k8s.io"] } as const;
  const metal3 = { kinds: ["IPPool"], groups: ["ipam.metal3.io"], holds: "ip" } as const;
  const prefixes = { kinds: ["InClusterPrefixPool", "GlobalInClusterPrefixPool"], groups: inCluster.groups } as const;
  const proxmox = { groups: ["infrastructure.cluster.x-k8s.io"] } as const;
  const vsphere = { groups: ["infrastructure.cluster.x-k8s.io"], holds: "ip" } as const;
  const purelb = { kinds: ["ServiceGroup"], groups: ["purelb.io"] } as const;
  const gobgp = { kinds: ["BGPConfiguration"], groups: ["bgp.purelb.io"] } as const;
  const devices = [
    ["VSphereMachineTemplate", "spec.template.spec.network.devices[]"],
    ["VSphereMachine", "spec.network.devices[]"],
  ] as const;
  const clusters = [
    ["ProxmoxCluster", "spec"],
    ["ProxmoxClusterTemplate", "spec.template.spec"],
  ] as const;
  const machines = [
    ["ProxmoxMachine", "spec.network"],
    ["ProxmoxMachineTemplate", "spec.template.spec.network"],
  ] as const;
  return [
    // kubernetes-sigs/cluster-api-ipam-provider-in-cluster api/v1alpha2/inclusterippool_types.go: addresses, ranges, prefixes
    { ...inCluster, path: "spec.addresses[]", holds: "ip-range", loose: true },
    { ...inCluster, path: "spec.excludedAddresses[]", holds: "ip-range", loose: true, keptOut: true },
    { ...inCluster, path: "spec.gateway", holds: "ip" },
    { ...prefixes, path: "spec.prefixes[]", holds: "cidr", subnet: true, ...only("IPv6") },
    { ...prefixes, path: "spec.excludedPrefixes[]", holds: "ip-range", loose: true, keptOut: true },
    { ...prefixes, path: "spec.gateway", holds: "ip", ...only("IPv6") },
    // metal3-io/ip-address-manager api/v1alpha1/ippool_types.go
    ...["start", "end", "gateway"].map((key) => ({ ...metal3, path: `spec.pools[].${key}` })),
    { ...metal3, path: "spec.pools[].subnet", holds: "cidr" },
    { ...metal3, path: "spec.gateway" },
    ...["spec", "spec.pools[]"].map((at) => ({ ...metal3, path: `${at}.dnsServers[]`, role: "resolver" }) as const),
    // ionos-cloud/cluster-api-provider-proxmox api/v1alpha2/proxmoxcluster_types.go, proxmoxmachine_types.go; v1alpha1 names the devices otherwise
    ...clusters.flatMap(([kind, spec]) =>
      [spec, `${spec}.zoneConfig[]`].flatMap((at): AddressPath[] => [
        ...(["4", "6"] as const).flatMap((version): AddressPath[] => [
          { ...proxmox, kinds: [kind], path: `${at}.ipv${version}Config.addresses[]`, holds: "ip-range", loose: true },
          {
            ...proxmox,
            kinds: [kind],
            path: `${at}.ipv${version}Config.gateway`,
            holds: "ip",
            ...only(`IPv${version}`),
          },
        ]),
        { ...proxmox, kinds: [kind], path: `${at}.dnsServers[]`, holds: "ip", role: "resolver" },
      ]),
    ),
    ...machines.flatMap(([kind, network]) =>
      ["default", "additionalDevices[]", "networkDevices[]"].map((device): AddressPath => {
        return { ...proxmox, kinds: [kind], path: `${network}.${device}.dnsServers[]`, holds: "ip", role: "resolver" };
      }),
    ),
    // kubernetes-sigs/cluster-api-provider-vsphere apis/v1beta1/types.go, NetworkDeviceSpec
    ...devices.flatMap(([kind, at]): AddressPath[] => [
      { ...vsphere, kinds: [kind], path: `${at}.ipAddrs[]`, holds: "cidr" },
      { ...vsphere, kinds: [kind], path: `${at}.gateway4`, ...only("IPv4") },
      { ...vsphere, kinds: [kind], path: `${at}.gateway6`, ...only("IPv6") },
      { ...vsphere, kinds: [kind], path: `${at}.nameservers[]`, role: "resolver" },
    ]),
    {
      ...vsphere,
      kinds: ["VSphereFailureDomain"],
      path: "spec.topology.networkConfigurations[].nameservers[]",
      role: "resolver",
    },
    // purelb/purelb pkg/apis/purelb/v2/types.go: a pool is a prefix or a range in a subnet of its family
    ...(["4", "6"] as const).flatMap((version): AddressPath[] =>
      ["local", "remote"].flatMap((where) =>
        ["pool", "pools[]"].flatMap((pool): AddressPath[] => {
          const at = `spec.${where}.v${version}${pool}`;
          const family = only(`IPv${version}`);
          return [
            { ...purelb, path: `${at}.pool`, holds: "ip-range", range: "load-balancer", ...family },
            { ...purelb, path: `${at}.subnet`, holds: "cidr", subnet: true, ...family },
          ];
        }),
      ),
    ),
    // Of an older version of it, v1.
    { ...purelb, path: "spec.local.pool", holds: "ip-range", range: "load-balancer" },
    { ...purelb, path: "spec.local.subnet", holds: "cidr", subnet: true },
    // purelb/purelb deployments/components/gobgp/gobgp-bgpconfig-crd.yaml
    // One that is link-local has a zone, or `neighborInterface` beside it.
    { ...gobgp, path: "spec.neighbors[].config.neighborAddress", holds: "ip", loose: true },
    { ...gobgp, path: "spec.neighbors[].transport.localAddress", holds: "ip", loose: true },
    { ...gobgp, path: "spec.peerGroups[].transport.localAddress", holds: "ip", loose: true },
    { ...gobgp, path: "spec.dynamicNeighbors[].prefix", holds: "cidr" },
    { ...gobgp, path: "spec.definedSets[].prefixes[].ipPrefix", holds: "cidr" },
    { ...gobgp, path: "spec.global.routerIDPool", holds: "cidr", ...only("IPv4") },
  ];
}
