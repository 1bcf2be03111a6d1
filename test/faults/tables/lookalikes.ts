import { by, from, type LabCase, nft, pair, shell } from "../case.ts";

/** What takes the packets in truth: a firewall of the pod's own, which no node sees. */
const ownFirewall = (pod: string) =>
  nft(
    pod,
    "add table ip6 own",
    "add chain ip6 own i { type filter hook input priority 0 ; }",
    "add rule ip6 own i tcp dport 8080 drop",
  );
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
      shell(
        "n1-p2",
        "(for i in $(seq 1 60); do busybox nc -w 1 fd00:10:244:2::12 8080 </dev/null; sleep 0.2; done) >/dev/null 2>&1 </dev/null &",
      ),
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
];

export const lookalikes: readonly LabCase[] = twofold.map((one) => ({
  on: bridge,
  subject: pair,
  fails: true,
  ...one,
}));
