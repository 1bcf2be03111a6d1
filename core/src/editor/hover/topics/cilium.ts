import { ciliumConfig } from "../../../kinds/cilium-config.ts";
import type { FieldDoc } from "../field-doc.ts";
import { nodesOfCilium } from "../room.ts";

const source = "https://docs.cilium.io/en/stable/helm-reference/";
const routing = "https://docs.cilium.io/en/stable/network/concepts/routing/";
const masquerading = "https://docs.cilium.io/en/stable/network/concepts/masquerading/";
const pools = "https://docs.cilium.io/en/stable/network/concepts/ipam/cluster-pool/";

/** Fields by their names in the chart's values and in cilium-config. */
const fields: readonly (readonly [
  values: string,
  key: string,
  says: string,
  source: string,
  follows?: FieldDoc["follows"],
])[] = [
  [
    "ipv6.enabled",
    "enable-ipv6",
    "Off by default: pods have IPv4 alone, whatever the cluster's prefixes say. What is said of IPv6 elsewhere has no effect without it.",
    source,
  ],
  ["ipv4.enabled", "enable-ipv4", "On by default. Off makes a cluster whose pods have IPv6 alone.", source],
  [
    "ipv6NativeRoutingCIDR",
    "ipv6-native-routing-cidr",
    "The range within which packets of pods go as they are, without a tunnel and without the node's address. Native routing that masquerades does not start without it.",
    routing,
  ],
  [
    "ipv4NativeRoutingCIDR",
    "ipv4-native-routing-cidr",
    "The same for IPv4, and an IPv4 range: the IPv6 one has a field of its own.",
    routing,
  ],
  [
    "routingMode",
    "routing-mode",
    "`tunnel` carries both families between nodes over one of them. `native` leaves that to the network, which has to know the pods' prefix **of each family**.",
    routing,
  ],
  [
    "enableIPv6Masquerade",
    "enable-ipv6-masquerade",
    "Lets packets of pods leave the cluster with the node's IPv6 address. Pods from fd00::/8 reach nothing outside without it.",
    masquerading,
  ],
  [
    "ipam.operator.clusterPoolIPv6PodCIDRList",
    "cluster-pool-ipv6-cidr",
    "What the operator cuts into one prefix a node, of the length that clusterPoolIPv6MaskSize says (120): at most 16 bits longer. It counts with `ipam.mode: cluster-pool`, not with `kubernetes`.",
    pools,
    nodesOfCilium,
  ],
  [
    "ipam.operator.clusterPoolIPv6MaskSize",
    "cluster-pool-ipv6-mask-size",
    "The length of the prefix that each node gets, 120 when left out, so 256 addresses.",
    pools,
  ],
];

export const topic: readonly FieldDoc[] = fields.flatMap(([path, key, says, at, follows]): FieldDoc[] => {
  const both = {
    says,
    source: at,
    only: (resource: Parameters<typeof ciliumConfig>[0]) => ciliumConfig(resource) !== undefined,
    ...(follows ? { follows } : {}),
  };
  return [
    ...["", "cilium."].flatMap((chart) => [
      { kinds: ["HelmValues"], path: chart + path, ...both },
      { kinds: ["HelmValues"], path: `${chart}${path}[]`, ...both },
    ]),
    { kinds: ["ConfigMap"], path: `data.${key}`, ...both },
  ];
});
