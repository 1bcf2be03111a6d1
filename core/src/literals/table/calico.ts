import type { AddressPath } from "../address-path.ts";

const calico = ["projectcalico.org", "crd.projectcalico.org"] as const;

/** Objects of Calico and of its operator. */
export const calicoAddresses: readonly AddressPath[] = [
  ...calicoPools(),
  ...calicoPolicies(),
  ...calicoBgp(),
  ...felix(),
  ...tigera(),
];

/** projectcalico/calico api/pkg/apis/projectcalico/v3/ippool.go */
function calicoPools(): AddressPath[] {
  const pool = { kinds: ["IPPool"], groups: calico, path: "spec.cidr", holds: "cidr", range: "pod" } as const;
  const sets = ["NetworkSet", "GlobalNetworkSet"];
  return [
    { ...pool, masked: { says: "IPPool CIDR must be strictly masked", code: "CAL003" } },
    { kinds: ["IPReservation"], groups: calico, path: "spec.reservedCIDRs[]", holds: "cidr" },
    { kinds: sets, groups: calico, path: "spec.nets[]", holds: "ip-or-cidr" },
    { kinds: ["HostEndpoint"], groups: calico, path: "spec.expectedIPs[]", holds: "ip" },
  ];
}

/** projectcalico/calico libcalico-go/lib/validator/v3/validator.go, the tag "net" */
function calicoPolicies(): AddressPath[] {
  const kinds = ["CalicoNetworkPolicy", "GlobalNetworkPolicy", "StagedNetworkPolicy", "StagedGlobalNetworkPolicy"];
  return ["ingress", "egress"].flatMap((direction) =>
    ["source", "destination"].flatMap((end) =>
      [
        ["nets", "Nets"],
        ["notNets", "NotNets"],
      ].map(([list, name]): AddressPath => {
        const says = `failed to validate Field: ${name} because of Tag: net`;
        const path = `spec.${direction}[].${end}.${list}[]`;
        const keptOut = list === "notNets";
        return {
          kinds,
          groups: calico,
          path,
          holds: "cidr",
          code: "CAL014",
          masked: { says, code: "CAL014" },
          keptOut,
        };
      }),
    ),
  );
}

/** projectcalico/calico api/pkg/apis/projectcalico/v3/bgpfilter.go, bgpconfiguration.go */
function calicoBgp(): AddressPath[] {
  const masked = { says: "invalid CIDR", code: "CAL014" };
  const advertised = ["serviceClusterIPs", "serviceExternalIPs", "serviceLoadBalancerIPs", "prefixAdvertisements"];
  const filters = ["import", "export"].flatMap((way) => [
    { list: `${way}V4`, family: "IPv4", tag: "netv4" } as const,
    { list: `${way}V6`, family: "IPv6", tag: "netv6" } as const,
  ]);
  return [
    { kinds: ["BGPPeer"], groups: calico, path: "spec.peerIP", holds: "ip-port", ownRule: true, role: "target" },
    { kinds: ["BGPPeer"], groups: calico, path: "spec.reachableBy", holds: "ip" },
    ...advertised.map((list): AddressPath => {
      const own = { kinds: ["BGPConfiguration"], groups: calico, holds: "ip-or-cidr" } as const;
      return { ...own, path: `spec.${list}[].cidr`, code: "CAL014", masked };
    }),
    ...filters.map(({ list, family, tag }): AddressPath => {
      const own = { kinds: ["BGPFilter"], groups: calico, holds: "ip-or-cidr", family } as const;
      const says = `failed to validate Field: CIDR because of Tag: ${tag}`;
      const [otherFamily, masked] = [
        { says, code: "CAL018" },
        { says, code: "CAL014" },
      ];
      return { ...own, path: `spec.${list}[].cidr`, otherFamily, masked };
    }),
  ];
}

/** projectcalico/calico api/pkg/apis/projectcalico/v3/felixconfig.go */
function felix(): AddressPath[] {
  const own = { kinds: ["FelixConfiguration"], groups: calico, holds: "ip", code: "CAL020" } as const;
  const addresses = [
    ["natOutgoingAddress", "IPv4"],
    ["deviceRouteSourceAddress", "IPv4"],
    ["deviceRouteSourceAddressIPv6", "IPv6"],
  ] as const;
  return [
    ...addresses.map(([name, family]): AddressPath => {
      const says = `${name} must be a valid ${family} address`;
      return { ...own, path: `spec.${name}`, reader: says, family, otherFamily: { says, code: "CAL020" } };
    }),
    { ...own, path: "spec.externalNodesList[]", holds: "ip-or-cidr", reader: "has invalid CIDR(s)", code: "CAL021" },
    ...["Inbound", "Outbound"].map(
      (way) => ({ ...own, path: `spec.failsafe${way}HostPorts[].net`, holds: "ip-or-cidr" }) as const,
    ),
  ];
}

/** tigera/operator pkg/controller/installation/validation.go */
function tigera(): AddressPath[] {
  const own = { kinds: ["Installation"], groups: ["operator.tigera.io"], holds: "cidr" } as const;
  const network = "spec.calicoNetwork";
  return [
    { ...own, path: `${network}.ipPools[].cidr`, range: "pod", subnet: true, reader: "ipPool.CIDR is invalid" },
    { ...own, path: "spec.serviceCIDRs[]", subnet: true },
    ...(["4", "6"] as const).map((version): AddressPath => {
      const family = `IPv${version}` as const;
      const otherFamily = { says: `must be an ${family} CIDR`, code: "TIG006" };
      return { ...own, path: `${network}.nodeAddressAutodetectionV${version}.cidrs[]`, family, otherFamily };
    }),
  ];
}
