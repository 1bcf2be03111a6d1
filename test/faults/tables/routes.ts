import { by, type Faults, forgotten, nft, outside, pair, type Shape } from "../case.ts";

/** As on a cloud: nodes have no routes to pods, their router has. */
export const cloud = [
  ...by("n1", "ip -6 route del fd00:10:244:2::/64"),
  ...by("n2", "ip -6 route del fd00:10:244:1::/64"),
  ...by(
    "gw",
    "ip -6 route add fd00:10:244:1::/64 via 2001:db8:18::101",
    "ip -6 route add fd00:10:244:2::/64 via 2001:db8:18::102",
  ),
];
/** IPv4 between the pods takes another way than the IPv6 tunnel. */
export const besideTunnel = ({ families }: Shape) =>
  families === "ipv6"
    ? []
    : [
        ...by("n1", "ip route replace 10.244.2.0/24 via 172.18.1.2 dev eth0"),
        ...by("n2", "ip route replace 10.244.1.0/24 via 172.18.1.1 dev eth0"),
      ];
/** Between the nodes, where neither of them can look. */
export const betweenNodes = (rule: string) =>
  nft(
    "gw",
    "add table bridge underlay",
    "add chain bridge underlay forward { type filter hook forward priority 0; }",
    `add rule bridge underlay forward ${rule}`,
  );
export const noTunnelPort = betweenNodes("ether type ip6 udp dport 8472 drop");

/** Of routes between pods and nodes, and of tunnels. */
export const routeFaults: Faults = {
  "route-to-peer-missing": {
    what: "on the node of the source",
    make: by("n1", "ip -6 route del fd00:10:244:2::/64"),
    subject: pair,
  },
  "return-route-missing": {
    what: "on the node of the target",
    make: by("n2", "ip -6 route del fd00:10:244:1::/64"),
    subject: pair,
  },
  "blackhole-route": [
    ...["blackhole", "unreachable", "prohibit"].map((kind) => ({
      what: `a route of type ${kind}`,
      make: by("n1", `ip -6 route add ${kind} fd00:10:244:2::11/128`),
      subject: pair,
    })),
    {
      what: "a route to a nexthop object that is a blackhole",
      make: by("n1", "ip -6 nexthop add id 7 blackhole", "ip -6 route add fd00:10:244:2::11/128 nhid 7"),
      subject: pair,
    },
  ],
  "routing-rule-rejects": [
    ...["blackhole", "unreachable", "prohibit"].map((kind) => ({
      what: `pods are sent to a table that ends with a route of type ${kind}`,
      make: by(
        "n1",
        "ip -6 rule add from fd00:10:244:1::/64 lookup 100 pref 100",
        `ip -6 route add ${kind} default table 100`,
      ),
      subject: pair,
    })),
    {
      what: "the rule itself rejects the answers, on the far node",
      make: by("n2", "ip -6 rule add from fd00:10:244:2::/64 prohibit pref 100"),
      subject: pair,
    },
    {
      what: "only what goes outside",
      make: by(
        "n1",
        "ip -6 rule add from fd00:10:244:1::/64 lookup 100 pref 100",
        "ip -6 route add throw fd00:10::/32 table 100",
        "ip -6 route add unreachable default table 100",
      ),
      subject: outside,
    },
  ],
  "pod-without-default-route": [
    { what: "in the source", make: by("n1-p1", "ip -6 route del default"), subject: pair },
    { what: "in the target", make: by("n2-p1", "ip -6 route del default"), subject: pair },
  ],
  "pod-gateway-missing": {
    what: "the bridge was given another address under running pods",
    on: ["bridge", "vxlan6"],
    make: [
      ...by("n1", "ip -6 addr del fd00:10:244:1::1/64 dev cni0", "ip -6 addr add fd00:10:244:1::fe/64 dev cni0"),
      ...forgotten("n1-p1"),
    ],
    subject: pair,
  },
  "local-pod-route-missing": {
    what: "the agent made none for the target",
    on: ["routed"],
    make: by("n2", "ip -6 route del fd00:10:244:2::11/128"),
    subject: pair,
  },
  "next-hop-not-peer": {
    what: "the address that the other node once had",
    on: ["bridge", "routed"],
    make: by("n1", "ip -6 route replace fd00:10:244:2::/64 via 2001:db8:18::99 dev eth0"),
    subject: pair,
  },
  "pod-route-to-another-pod": [
    {
      what: "of an address that was given out again on the other node",
      on: ["routed"],
      make: by("n1", "ip -6 route add fd00:10:244:2::11/128 dev veth2"),
      subject: pair,
    },
    {
      what: "for the answers",
      on: ["routed"],
      make: by("n2", "ip -6 route add fd00:10:244:1::11/128 dev veth2"),
      subject: pair,
    },
    {
      what: "of the node's own pod",
      on: ["routed"],
      make: by("n2", "ip -6 route replace fd00:10:244:2::11/128 dev veth2"),
      subject: pair,
    },
  ],
  "pod-range-on-link": {
    what: "a prefix on the pods' bridge covers another node's pods, on a cloud that routes them",
    on: ["bridge"],
    make: [...cloud, ...by("n1", "ip -6 addr add fd00:10:244:1::bd/48 dev cni0")],
    subject: pair,
  },
  "overlay-port-blocked": [
    {
      what: "between the nodes, beside a Docker that is set up as it should be",
      on: ["vxlan6"],
      make: (shape) => [...besideTunnel(shape), ...noTunnelPort],
      subject: pair,
    },
    {
      what: "beside somebody's own chain, which accepts pods",
      on: ["vxlan6"],
      make: (shape) => [
        ...besideTunnel(shape),
        ...by(
          "n1",
          "ip6tables -N HARDEN",
          "ip6tables -I FORWARD -j HARDEN",
          "ip6tables -A HARDEN -s fd00:10:244::/48 -j ACCEPT",
          "ip6tables -A HARDEN -d fd00:10:244::/48 -j ACCEPT",
          "ip6tables -A HARDEN -j DROP",
        ),
        ...noTunnelPort,
      ],
      subject: pair,
    },
    {
      what: "by the node it goes to",
      on: ["vxlan6"],
      make: by("n2", "ip6tables -I INPUT -p udp --dport 8472 -j DROP"),
      subject: pair,
    },
  ],
  "overlay-entry-missing": {
    what: "no forwarding entry for the other node",
    on: ["vxlan6"],
    make: by("n1", "bridge fdb del 02:00:00:00:00:02 dev flannel-v6.1 dst 2001:db8:18::102 self"),
    subject: pair,
  },
  "overlay-identity-shared": {
    what: "two machines of three are clones",
    on: ["vxlan6", "dual"],
    lab: { nodes: 3 },
    make: [
      ...["n1", "n2", "n3"].map((name) => ({
        patch: `/api/v1/nodes/${name}`,
        type: "merge" as const,
        body: {
          metadata: {
            annotations: {
              "flannel.alpha.coreos.com/backend-v6-data": JSON.stringify({
                VNI: 1,
                VtepMAC: `02:00:00:00:00:0${name === "n1" ? 1 : 2}`,
              }),
            },
          },
        },
      })),
      // What flannel makes of it: one entry for the hardware address, and the last node that said it has it.
      ...by(
        "n1",
        "ip -6 neigh replace fd00:10:244:3:: lladdr 02:00:00:00:00:02 dev flannel-v6.1 nud permanent",
        "bridge fdb del 02:00:00:00:00:03 dev flannel-v6.1 dst 2001:db8:18::103 self",
      ),
      ...by("n3", "ip link set flannel-v6.1 address 02:00:00:00:00:02"),
    ],
    subject: {},
  },
  "flannel-public-address": {
    what: "the other node is known by an address it gave up",
    on: ["vxlan6"],
    make: [
      {
        patch: "/api/v1/nodes/n2",
        type: "merge",
        body: { metadata: { annotations: { "flannel.alpha.coreos.com/public-ipv6": "2001:db8:18::77" } } },
      },
      ...by(
        "n1",
        "bridge fdb del 02:00:00:00:00:02 dev flannel-v6.1 dst 2001:db8:18::102 self",
        "bridge fdb append 02:00:00:00:00:02 dev flannel-v6.1 dst 2001:db8:18::77 self permanent",
      ),
    ],
    subject: pair,
  },
  "underlay-filters-pods": [
    {
      what: "a switch that lets nodes' own addresses pass",
      on: ["bridge", "routed"],
      make: betweenNodes("ether type ip6 ip6 saddr fd00:10:244::/48 drop"),
      subject: pair,
    },
    {
      what: "a router that knows the pods, which have no route to the other node, and drops what comes from them",
      on: ["bridge", "dual"],
      make: [
        ...by("n1", "ip -6 route del fd00:10:244:2::/64"),
        ...by("gw", "ip -6 route add fd00:10:244:2::/64 via 2001:db8:18::102"),
        ...nft(
          "gw",
          "add table ip6 f",
          "add chain ip6 f f { type filter hook forward priority 0 ; }",
          "add rule ip6 f f meta l4proto tcp ip6 saddr fd00:10:244:1::/64 drop",
        ),
      ],
      subject: pair,
    },
  ],
};
