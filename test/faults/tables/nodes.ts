import { by, type Faults, merge, node, outside, pair, paths } from "../case.ts";
import { betweenNodes } from "./routes.ts";

const onlyIPv4 = merge(`${paths.nodes}/n2/status`, {
  status: {
    addresses: [
      { type: "InternalIP", address: "172.18.1.2" },
      { type: "Hostname", address: "n2" },
    ],
  },
});
const renumbered = by(
  "n2",
  "ip -6 addr add 2001:db8:18::202/64 dev eth0 nodad",
  "ip -6 addr del 2001:db8:18::102/64 dev eth0",
);

/** Of what the API tells of nodes, and of their way out. */
export const nodeFaults: Faults = {
  "node-without-ipv6-internal-ip": {
    what: "the kubelet reports IPv4 alone",
    on: ["dual"],
    make: [onlyIPv4],
    subject: node,
  },
  "node-ip-one-family": {
    what: "it was started so",
    on: ["dual"],
    make: [
      merge(`${paths.nodes}/n2`, {
        metadata: { annotations: { "alpha.kubernetes.io/provided-node-ip": "172.18.1.2" } },
      }),
      onlyIPv4,
    ],
    subject: node,
  },
  "node-address-not-on-interface": [
    {
      what: "the node was given another, and its peers send there",
      on: ["bridge", "routed"],
      make: renumbered,
      subject: pair,
    },
    { what: "the node was given another", make: renumbered, subject: node },
    {
      what: "beside a card that has no IPv6 on purpose",
      on: ["bridge"],
      make: [
        ...by("n2", "ip link add eth1 type veth peer name eth1p", "sysctl -qw net.ipv6.conf.eth1.disable_ipv6=1"),
        ...renumbered,
      ],
      subject: pair,
    },
  ],
  "node-without-default-route": {
    what: "nobody configured one",
    make: by("n1", "ip -6 route del default"),
    subject: outside,
  },
  "gateway-not-answering": {
    what: "the default route goes to nobody",
    make: by("n1", "ip -6 route replace default via 2001:db8:18::99"),
    subject: outside,
    verdict: "possible",
  },
  "no-way-out-upstream": [
    {
      what: "a router beyond the nodes has no route out",
      make: by("gw", "ip -6 route add unreachable 2001:db8:ffff::1/128"),
      subject: outside,
    },
    {
      what: "the same, where 2000::/3 stands for the default route",
      on: ["bridge"],
      make: [
        ...by("n1", "ip -6 route del default", "ip -6 route add 2000::/3 via 2001:db8:18::1 dev eth0"),
        ...by("gw", "ip -6 route add unreachable 2001:db8:ffff::1/128"),
      ],
      subject: outside,
    },
  ],
  "ipv6-pool-not-masqueraded": {
    what: "nobody masquerades",
    make: ({ proxy }) => by("n1", `ip6tables -t nat -F ${proxy === "iptables" ? "KUBE-POSTROUTING" : "POSTROUTING"}`),
    subject: outside,
  },
  "path-mtu-black-hole": [
    {
      what: "a narrow way to the outside, of which a router tells nobody",
      on: ["routed", "bridge"],
      make: by("gw", "ip link set eth1 mtu 1400", "ip6tables -A OUTPUT -p icmpv6 --icmpv6-type packet-too-big -j DROP"),
      subject: outside,
    },
    {
      what: "a switch between the nodes that carries less than they think, and no node has a ping",
      on: ["routed"],
      verdict: "possible",
      make: by("gw", "ip link set n2 mtu 1400"),
      subject: {
        from: { namespace: "default", name: "n2-p1" },
        to: { kind: "pod", namespace: "default", name: "n1-p1" },
      },
    },
  ],
  "underlay-below-node-mtu": [
    {
      what: "a switch between the nodes that carries less than they think",
      on: ["vxlan6", "bridge"],
      make: by("gw", "ip link set n2 mtu 1400"),
      subject: pair,
    },
    {
      what: "it drops large packets of IPv6 alone",
      on: ["bridge"],
      make: betweenNodes("ether type ip6 ip6 length > 1360 drop"),
      subject: pair,
    },
  ],
  "pod-mtu-above-tunnel": {
    what: "the node tells nobody of its tunnel",
    on: ["vxlan6"],
    make: [
      ...["n1", "n2"].flatMap((name) => [
        ...by(
          name,
          "ip link set veth1 mtu 1500",
          "ip link set cni0 mtu 1500",
          "ip6tables -A OUTPUT -p icmpv6 --icmpv6-type packet-too-big -j DROP",
        ),
        ...by(`${name}-p1`, "ip link set eth0 mtu 1500"),
      ]),
    ],
    subject: pair,
  },
};
