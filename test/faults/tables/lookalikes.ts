import { again, by, from, type LabCase, nft, pair, shell } from "../case.ts";
import { ownFirewall, twofoldLinks } from "./lookalike-links.ts";
import { twofoldRoutes } from "./lookalike-routes.ts";
import { betweenNodes } from "./routes.ts";

const beside = { from, to: { kind: "pod", namespace: "default", name: "n1-p2" } } as const;
const rulesSeeNoBridge = by("n1", "sysctl -qw net.bridge.bridge-nf-call-ip6tables=0");
const byTable100 = (rule: string) =>
  by(
    "n1",
    `ip -6 rule add ${rule} lookup 100`,
    "ip -6 route add fd00:10:244:2::/64 via 2001:db8:18::102 dev eth0 table 100",
    "ip -6 route add fd00:10:244:1::/64 dev cni0 table 100",
    "ip -6 route add unreachable fd00:10:244:2::11/128",
  );

/** Another pod is the gateway of n1-p1 by such an address, which is known to it, and n1-p2 beside it is gone. */
const behindPod = (gateway: string) => [
  ...by("n1-p3", "sysctl -qw net.ipv6.conf.all.forwarding=1", `ip -6 addr add ${gateway}/64 dev eth0 nodad`),
  ...by("n1-p1", `ip -6 route replace default via ${gateway} dev eth0`),
  shell("n1-p1", "busybox ping -6 -c 1 -w 2 fd00:10:244:2::11 >/dev/null"),
  ...by("n1-p2", "ip link set eth0 down"),
];

const bridge = ["bridge", "dual"] as const;

/** What a cause looks for is there, and harms nobody; something else takes the packets, and nothing is proven. */
const twofold: readonly (Pick<LabCase, "what" | "make"> & Partial<LabCase>)[] = [
  {
    what: "FORWARD drops, where bridged frames pass it by",
    make: [...rulesSeeNoBridge, ...by("n1", "ip6tables -I FORWARD -j DROP"), ...ownFirewall("n1-p2")],
    subject: beside,
  },
  {
    what: "nftables drops what is forwarded, where bridged frames pass it by",
    make: [
      ...rulesSeeNoBridge,
      ...nft(
        "n1",
        "add table ip6 fw",
        "add chain ip6 fw f { type filter hook forward priority 0 ; }",
        "add rule ip6 fw f counter drop",
      ),
      ...ownFirewall("n1-p2"),
    ],
    subject: beside,
  },
  {
    what: "a table of nftables that is dormant",
    make: [
      ...nft(
        "n1",
        "add table ip6 fw { flags dormant ; }",
        "add chain ip6 fw f { type filter hook forward priority 0 ; policy drop ; }",
      ),
      ...ownFirewall("n2-p1"),
    ],
  },
  {
    what: "a node drops pods of another one, which translates them",
    make: [
      ...by("n1", "ip6tables -t nat -I POSTROUTING -s fd00:10:244:1::11 -d fd00:10:244:2::/64 -j MASQUERADE"),
      ...by("n2", "ip6tables -I FORWARD -s fd00:10:244:1::/64 -p tcp -j DROP"),
      ...ownFirewall("n2-p1"),
      again("n1-p2", "busybox nc -w 1 fd00:10:244:2::12 8080 </dev/null"),
    ],
  },
  {
    what: "another pod is the gateway, and one on the same link is gone",
    lab: { pods: 3 },
    make: behindPod("fd00:10:244:1::fe"),
    subject: beside,
  },
  {
    what: "another pod is the gateway by a link-local address, and one on the same link is gone",
    lab: { pods: 3 },
    make: behindPod("fe80::fe"),
    subject: beside,
  },
  {
    what: "a second router of the nodes knows the pods, and the target's link is down",
    make: [
      shell(
        "gw",
        "ip -6 addr add 2001:db8:18::2/64 dev $(ip -6 -o addr show | grep 2001:db8:18::1/ | cut -d' ' -f2) nodad",
      ),
      ...by("gw", "ip -6 route add fd00:10:244:2::/64 via 2001:db8:18::102"),
      ...by("n1", "ip -6 route replace fd00:10:244:2::/64 via 2001:db8:18::2 dev eth0"),
      ...by("n2-p1", "ip link set eth0 down"),
    ],
  },
  {
    what: "a blackhole for a pod in a table that nobody looks up",
    on: ["routed", "dual"],
    make: [...by("n2", "ip -6 route add blackhole fd00:10:244:2::11/128 metric 5 table 99"), ...ownFirewall("n2-p1")],
  },
  {
    what: "main rejects what the node sends itself, and a rule takes what comes from pods elsewhere",
    make: [...byTable100("iif cni0"), ...ownFirewall("n2-p1")],
  },
  {
    what: "no route to one of the nodes, whose pods the router knows",
    lab: { nodes: 3 },
    make: [
      ...by("n1", "ip -6 route del fd00:10:244:2::/64"),
      ...by("gw", "ip -6 route add fd00:10:244:2::/64 via 2001:db8:18::102"),
      ...ownFirewall("n2-p1"),
    ],
  },
  {
    what: "no route back to one of the nodes, whose pods the router knows",
    lab: { nodes: 3 },
    make: [
      ...by("n2", "ip -6 route del fd00:10:244:1::/64"),
      ...by("gw", "ip -6 route add fd00:10:244:1::/64 via 2001:db8:18::101"),
      ...ownFirewall("n2-p1"),
    ],
  },
  {
    what: "a rule drops large packets of TCP",
    make: by("n2", "ip6tables -I FORWARD -p tcp -d fd00:10:244:2::/64 -m length --length 1300:65535 -j DROP"),
  },
  {
    what: "a rule drops large packets of TCP, and a switch large echoes alone",
    make: [
      ...betweenNodes("ether type ip6 icmpv6 type echo-request ip6 length > 1300 drop"),
      ...by("n2", "ip6tables -I FORWARD -p tcp -d fd00:10:244:2::/64 -m length --length 1300:65535 -j DROP"),
    ],
  },
  {
    what: "a pod's MTU above the tunnel's, of which the node tells it, and a rule that drops large packets",
    on: ["vxlan6", "dual"],
    make: [
      ...by("n1", "ip link set veth1 mtu 1500", "ip link set cni0 mtu 1430"),
      ...by("n1-p1", "ip link set eth0 mtu 1500"),
      ...by("n2", "ip6tables -I FORWARD -p tcp -d fd00:10:244:2::/64 -m length --length 1300:65535 -j DROP"),
    ],
  },
  {
    what: "the node drops its tunnel's packets to one node, and talks to a third",
    on: ["vxlan6", "dual"],
    lab: { nodes: 3 },
    make: [
      ...by("n1", "ip6tables -I OUTPUT -p udp --dport 8472 -d 2001:db8:18::102 -j DROP"),
      shell("n1", "conntrack -D -p udp --dport 8472 >/dev/null 2>&1 || true"),
      again("n1-p1", "busybox ping -6 -c 1 -w 1 fd00:10:244:3::11"),
    ],
  },
  {
    what: "another VNI at the other node, which tracks no tunnels",
    on: ["vxlan6", "dual"],
    make: [
      ...by(
        "n2",
        "ip6tables -t raw -I PREROUTING -p udp --dport 8472 -j NOTRACK",
        "ip link del flannel-v6.1",
        "ip link add flannel-v6.1 type vxlan id 2 local 2001:db8:18::102 dstport 8472 nolearning udp6zerocsumrx udp6zerocsumtx",
        "ip link set flannel-v6.1 address 02:00:00:00:00:02 up mtu 1430",
      ),
      shell("n2", "conntrack -F >/dev/null 2>&1 || true"),
    ],
  },
  {
    what: "a node that tracks no pods",
    make: [
      ...by("n2", "ip6tables -t raw -I PREROUTING -s fd00:10:244::/48 -d fd00:10:244::/48 -j NOTRACK"),
      ...ownFirewall("n2-p1"),
    ],
  },
  {
    what: "a node that tracks no pods, by nftables",
    make: [
      ...nft(
        "n2",
        "add table ip6 nt",
        "add chain ip6 nt p { type filter hook prerouting priority -300 ; }",
        "add rule ip6 nt p ip6 saddr fd00:10:244::/48 notrack",
      ),
      ...ownFirewall("n2-p1"),
    ],
  },
  {
    what: "a target without a default route, whose node translates who comes",
    make: [
      ...by("n2", "ip6tables -t nat -I POSTROUTING -o cni0 -j MASQUERADE"),
      ...by("n2-p1", "ip -6 route del default"),
      ...ownFirewall("n2-p1"),
    ],
  },
  {
    what: "unique local addresses outside, where pods are filtered, and nobody masquerades",
    make: [
      ...by("out", "ip -6 addr add fd99::1/64 dev lo"),
      ...nft(
        "out",
        "add table ip6 own",
        "add chain ip6 own i { type filter hook input priority 0 ; }",
        "add rule ip6 own i ip6 saddr fd00:10:244::/48 drop",
      ),
      ...by(
        "gw",
        "ip -6 route add fd99::/64 via 2001:db8:ffff::1",
        "ip -6 route add fd00:10:244:1::/64 via 2001:db8:18::101",
      ),
      ...by("n1", "ip6tables -t nat -F KUBE-POSTROUTING"),
    ],
    subject: { from, to: { kind: "address", address: "fd99::1", port: 80 } },
  },
];

export const lookalikes: readonly LabCase[] = [...twofold, ...twofoldLinks, ...twofoldRoutes].map((one) => ({
  on: bridge,
  subject: pair,
  fails: true,
  ...one,
}));
