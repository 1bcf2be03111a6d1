import { again, by, type LabCase, nft, shell } from "../case.ts";

/** What takes the packets in truth: a firewall of the pod's own, which no node sees. */
export const ownFirewall = (pod: string) =>
  nft(
    pod,
    "add table ip6 own",
    "add chain ip6 own i { type filter hook input priority 0 ; }",
    "add rule ip6 own i tcp dport 8080 drop",
  );
const ownHardware = "02:00:00:00:77:02";

/** Of rules for routing, links and neighbours: what a cause looks for is there, harms nobody, and something else takes the packets. */
export const twofoldLinks: readonly (Pick<LabCase, "what" | "make"> & Partial<LabCase>)[] = [
  {
    what: "a node rejects pods of another one by a rule, and that one translates them",
    make: [
      ...by("n1", "ip6tables -t nat -I POSTROUTING -s fd00:10:244:1::11 -d fd00:10:244:2::/64 -j MASQUERADE"),
      ...by("n2", "ip -6 rule add from fd00:10:244:1::/64 prohibit pref 100"),
      ...ownFirewall("n2-p1"),
    ],
  },
  {
    what: "a hop limit of 1 that the route puts right, and somebody in the pod who traces",
    make: [
      ...by(
        "n1-p1",
        "sysctl -qw net.ipv6.conf.eth0.hop_limit=1",
        "ip -6 route change default via fd00:10:244:1::1 dev eth0 hoplimit 64",
      ),
      again("n1-p1", "ping -6 -t 1 -c 1 -W 1 fd00:10:244:2::12"),
      ...ownFirewall("n2-p1"),
    ],
  },
  {
    what: "a pod's link that is off the bridge, and needs none",
    make: [
      ...by(
        "n2",
        "ip link set veth1 nomaster",
        "ip -6 route add fd00:10:244:2::11/128 dev veth1",
        "sysctl -qw net.ipv6.conf.all.proxy_ndp=1 net.ipv6.conf.veth1.proxy_ndp=1 net.ipv4.conf.veth1.proxy_arp=1",
        "ip -6 neigh add proxy fd00:10:244:2::1 dev veth1",
        "ip route add 10.244.2.11/32 dev veth1",
      ),
      ...ownFirewall("n2-p1"),
    ],
  },
  {
    what: "the other node's address is said to be a duplicate, and what is for its pods comes there all the same",
    on: ["bridge", "routed", "dual"],
    make: [
      ...by("gw", "ip -6 addr add 2001:db8:18::102/64 dev br0 nodad"),
      ...by(
        "n2",
        `ip link set eth0 address ${ownHardware}`,
        "sysctl -qw net.ipv6.conf.all.accept_dad=1 net.ipv6.conf.eth0.accept_dad=1",
        "ip -6 addr del 2001:db8:18::102/64 dev eth0",
        "ip -6 addr add 2001:db8:18::102/64 dev eth0",
      ),
      shell("n2", "until ip -6 addr show dadfailed | grep -q inet6; do sleep 0.1; done"),
      ...by("n2", "ip -6 route replace default via 2001:db8:18::1 dev eth0"),
      { routes: "n2" },
      ...by(
        "n1",
        "ip neigh flush all",
        `ip -6 neigh replace 2001:db8:18::102 lladdr ${ownHardware} dev eth0 nud permanent`,
      ),
      ...ownFirewall("n2-p1"),
    ],
  },
];
