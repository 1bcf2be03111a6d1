import type { FieldDoc } from "../field-doc.ts";
import { blocksIn, servicesOfPool } from "../room.ts";

const ippool = "https://docs.tigera.io/calico/latest/reference/resources/ippool";
const operator = "https://docs.tigera.io/calico/latest/reference/installation/api";
const metallb = "https://metallb.io/configuration/_advanced_ipaddresspool_configuration/";
const pools = [
  ["IPPool", "spec", ippool],
  ["Installation", "spec.calicoNetwork.ipPools[]", operator],
] as const;

export const topic: readonly FieldDoc[] = [
  ...pools.flatMap(([kind, at, source]): FieldDoc[] => [
    {
      kinds: [kind],
      path: `${at}.cidr`,
      says: "Where Calico takes the addresses of pods from. A pod gets one of each family that has a pool; the prefix lies within the cluster's podSubnet of that family.",
      source,
      follows: blocksIn,
    },
    {
      kinds: [kind],
      path: `${at}.blockSize`,
      says: "The length of the blocks that a pool is cut into, each for one node: 20 to 32 for IPv4 (26 when left out), 116 to 128 for IPv6 (122). It cannot be changed later.",
      source,
    },
    {
      kinds: [kind],
      path: `${at}.natOutgoing`,
      says: "Lets packets to addresses outside of all pools leave with the node's address. A pool of fd00::/8 needs it to reach anything outside; a routed IPv6 prefix does without.",
      source,
    },
    {
      kinds: [kind],
      path: `${at}.ipipMode`,
      says: "A tunnel that carries IPv4 alone: an IPv6 pool has `Never` here, and `vxlanMode` where it wants a tunnel.",
      source,
    },
    {
      kinds: [kind],
      path: `${at}.encapsulation`,
      says: "`IPIP` and `IPIPCrossSubnet` carry IPv4 alone. For an IPv6 pool: `VXLAN`, `VXLANCrossSubnet`, or `None` where the network routes the pods' prefix.",
      source,
    },
  ]),
  {
    kinds: ["IPAddressPool"],
    path: "spec.addresses[]",
    says: "Prefixes, or two addresses with a hyphen. MetalLB takes both addresses of a dual-stack Service from **one** pool, so that a pool for these has a range of each family.",
    source: metallb,
    follows: servicesOfPool,
  },
  {
    kinds: ["BGPAdvertisement"],
    path: "spec.aggregationLengthV6",
    says: "The length that IPv6 addresses are announced with, 128 when left out: as it is, one route a Service. The IPv4 one is `aggregationLength`.",
    source: metallb,
  },
];
