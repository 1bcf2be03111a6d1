import type { Step } from "#test/lab/faults.ts";
import { firewallCases } from "./firewall-cases.ts";
import { by, from, type LabCase, nft, outside, pair, service } from "./lab-case.ts";

const kubeProxy = (mode: string): Step => ({
  patch: "/api/v1/namespaces/kube-system/configmaps/kube-proxy",
  type: "merge",
  body: {
    data: {
      "config.conf": `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: ${mode}\n`,
    },
  },
});

/** IPv4 between the pods takes another way than the IPv6 tunnel. */
const besideTunnel = [
  ...by("n1", "ip route replace 10.244.2.0/24 via 172.18.1.2 dev eth0"),
  ...by("n2", "ip route replace 10.244.1.0/24 via 172.18.1.1 dev eth0"),
];
const overlayBlocked = nft(
  "gw",
  "add table bridge underlay",
  "add chain bridge underlay forward { type filter hook forward priority 0; }",
  "add rule bridge underlay forward ether type ip6 udp dport 8472 drop",
);
/** The rule for what pods send outside; what kube-proxy masquerades, so that a pod may reach itself by its Service, stays. */
const toOutside = [
  ..."-s fd00:10:244::/48 ! -d fd00:10:244::/48 -m comment --comment".split(" "),
  "pods to the outside",
  ..."-j MASQUERADE".split(" "),
];
/** As on a cloud: nodes have no routes to pods, their router has. */
const cloud = [
  ...by("n1", "ip -6 route del fd00:10:244:2::/64"),
  ...by("n2", "ip -6 route del fd00:10:244:1::/64"),
  ...by(
    "gw",
    "ip -6 route add fd00:10:244:1::/64 via 2001:db8:18::101",
    "ip -6 route add fd00:10:244:2::/64 via 2001:db8:18::102",
  ),
];
const nftServices = (backend: string) => [
  kubeProxy("nftables"),
  ...by("n1", "ip6tables -t nat -F KUBE-SERVICES"),
  ...nft(
    "n1",
    "add table ip6 kube-proxy",
    "add chain ip6 kube-proxy services { type nat hook prerouting priority -100 ; }",
    `add rule ip6 kube-proxy services ip6 daddr fd00:10:96::80 tcp dport 80 dnat to [${backend}]:8080`,
    "add rule ip6 kube-proxy services ip6 daddr fd00:10:96::a udp dport 53 dnat to [fd00:10:244:1::53]:53",
  ),
];
/** Answers what is small, and is silent on requests above a thousand bytes, over both families. */
const deafToLarge = String.raw`use Socket qw(:all);socket my $s,AF_INET6,SOCK_STREAM,0;setsockopt $s,SOL_SOCKET,SO_REUSEADDR,1;bind $s,pack_sockaddr_in6(8080,inet_pton(AF_INET6,"::"))or die;listen $s,50;$SIG{CHLD}="IGNORE";while(accept my $c,$s){next if fork;my $b="";while(sysread $c,$b,4096,length $b){if(length $b>1000){$b="";next}if($b=~/\r\n\r\n/){syswrite $c,"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok";exit}}sleep 20;exit}`;

export const labCases: readonly LabCase[] = [
  {
    what: "the tunnel's port is blocked over IPv6, beside a Docker that is set up as it should be",
    make: [...besideTunnel, ...overlayBlocked],
    subject: pair,
    proves: ["overlay-port-blocked"],
  },
  {
    what: "the same node with Docker and nothing wrong",
    make: besideTunnel,
    subject: pair,
    proves: [],
    healthy: true,
  },
  {
    what: "a prefix on the pods' bridge covers another node's pods, on a cloud that routes them",
    lab: { mode: "bridge" },
    make: [...cloud, ...by("n1", "ip -6 addr add fd00:10:244:1::bd/48 dev cni0")],
    subject: pair,
    proves: ["pod-range-on-link"],
  },
  {
    what: "a cloud that routes to pods",
    lab: { mode: "bridge" },
    make: cloud,
    subject: pair,
    proves: [],
    healthy: true,
  },
  {
    what: "Docker came to a node, and nobody opened its policy for pods",
    lab: { noise: false, mode: "routed" },
    make: by("n1", "ip6tables -P FORWARD DROP", "ip6tables -N DOCKER-USER", "ip6tables -I FORWARD -j DOCKER-USER"),
    subject: pair,
    proves: ["forward-policy-drops-ipv6"],
  },
  {
    what: "a rule in a chain of somebody's own, called from FORWARD of the far node",
    make: by(
      "n2",
      "ip6tables -N HARDEN",
      "ip6tables -I FORWARD -j HARDEN",
      "ip6tables -A HARDEN -p tcp --dport 8080 -j DROP",
    ),
    subject: pair,
    proves: ["forward-policy-drops-ipv6"],
  },
  {
    what: "the same chain drops another port, and accepts pods before it drops the rest",
    make: by(
      "n2",
      "ip6tables -N HARDEN",
      "ip6tables -I FORWARD -j HARDEN",
      "ip6tables -A HARDEN -p tcp --dport 22 -j DROP",
      "ip6tables -A HARDEN -s fd00:10:244::/48 -j ACCEPT",
      "ip6tables -A HARDEN -d fd00:10:244::/48 -j ACCEPT",
      "ip6tables -A HARDEN -j DROP",
    ),
    subject: pair,
    proves: [],
    healthy: true,
  },
  {
    what: "that chain again, while the tunnel's port is blocked",
    make: [
      ...besideTunnel,
      ...by(
        "n1",
        "ip6tables -N HARDEN",
        "ip6tables -I FORWARD -j HARDEN",
        "ip6tables -A HARDEN -s fd00:10:244::/48 -j ACCEPT",
        "ip6tables -A HARDEN -d fd00:10:244::/48 -j ACCEPT",
        "ip6tables -A HARDEN -j DROP",
      ),
      ...overlayBlocked,
    ],
    subject: pair,
    proves: ["overlay-port-blocked"],
  },
  {
    what: "a rule of the raw table",
    make: by("n1", "ip6tables -t raw -A PREROUTING -p tcp --dport 8080 -j DROP"),
    subject: pair,
    proves: ["early-hook-drops"],
  },
  {
    what: "firewalld on the far node rejects IPv6 in nftables, beside iptables that accepts",
    make: nft(
      "n2",
      "add table inet firewalld",
      "add chain inet firewalld filter_FORWARD { type filter hook forward priority 10 ; }",
      "add rule inet firewalld filter_FORWARD ct state established,related accept",
      'add rule inet firewalld filter_FORWARD meta nfproto ipv6 oifname "cni0" counter reject with icmpx type admin-prohibited',
    ),
    subject: pair,
    proves: ["firewall-rejects"],
  },
  {
    what: "kube-proxy in nftables mode",
    make: nftServices("fd00:10:244:2::11"),
    subject: service,
    proves: [],
    healthy: true,
  },
  {
    what: "kube-proxy in nftables mode with an endpoint that is no more",
    make: nftServices("fd00:10:244:2::77"),
    subject: service,
    proves: ["service-endpoint-gone"],
  },
  {
    what: "kube-proxy in iptables mode lost its rules",
    make: by("n1", "ip6tables -t nat -F KUBE-SERVICES"),
    subject: service,
    proves: ["kube-proxy-no-ipv6-rules"],
  },
  {
    what: "a server that is silent on large requests, over both families",
    make: [
      { serve: "n2-p1", listen: "[::]:8081" },
      { in: "n2-p1", run: ["sh", "-c", `timeout 90 perl -e '${deafToLarge}' >/dev/null 2>&1 </dev/null & sleep 1`] },
    ],
    subject: pair,
    proves: [],
    dies: { at: "endpoints", because: /it is the server, and not the path/ },
  },
  {
    what: "a path to the outside that is too narrow, and a router that says so to nobody",
    lab: { mode: "routed" },
    make: by("gw", "ip link set eth1 mtu 1400", "ip6tables -A OUTPUT -p icmpv6 --icmpv6-type packet-too-big -j DROP"),
    subject: outside,
    proves: ["path-mtu-black-hole"],
  },
  {
    what: "a pod's MTU above the tunnel's, of which the node tells it",
    make: [
      ...by("n1", "ip link set veth1 mtu 1500", "ip link set cni0 mtu 1430"),
      ...by("n1-p1", "ip link set eth0 mtu 1500"),
    ],
    subject: pair,
    proves: [],
    healthy: true,
  },
  {
    what: "flannel masquerades in nftables alone",
    make: [
      { in: "n1", run: ["ip6tables", "-t", "nat", "-D", "KUBE-POSTROUTING", ...toOutside] },
      ...nft(
        "n1",
        "add table ip6 flannel-ipv6",
        "add chain ip6 flannel-ipv6 postrtg { type nat hook postrouting priority 100 ; }",
        "add rule ip6 flannel-ipv6 postrtg ip6 saddr fd00:10:244::/48 ip6 daddr != fd00:10:244::/48 masquerade fully-random",
      ),
    ],
    subject: outside,
    proves: [],
    healthy: true,
  },
  {
    what: "nobody masquerades",
    make: by("n1", "ip6tables -t nat -F KUBE-POSTROUTING"),
    subject: outside,
    proves: ["ipv6-pool-not-masqueraded"],
  },
  {
    what: "the outside is gone for everybody, while flannel masquerades in nftables",
    make: [
      ...by("n1", "ip6tables -t nat -F KUBE-POSTROUTING"),
      ...by("gw", "ip -6 route add blackhole 2001:db8:ffff::1/128"),
    ],
    subject: outside,
    proves: [],
  },
  {
    what: "nobody listens on the port, in either family",
    make: [{ serve: "n2-p1", listen: "[::]:8081" }],
    subject: pair,
    proves: [],
  },
  {
    what: "DNS over IPv6 is lost on its way, and a Service is IPv4-only on purpose",
    make: [
      {
        patch: "/api/v1/namespaces/default/services/web",
        type: "merge",
        body: { spec: { ipFamilyPolicy: "SingleStack" } },
      },
      ...nft(
        "n1",
        "add table ip6 lost",
        "add chain ip6 lost dns { type filter hook prerouting priority -300 ; }",
        "add rule ip6 lost dns udp dport 53 drop",
      ),
    ],
    subject: { from },
    proves: [],
  },
  {
    what: "a node turned IPv6 off on its uplink",
    lab: { mode: "bridge" },
    make: by("n2", "sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1"),
    subject: pair,
    proves: ["ipv6-disabled-on-interface"],
  },
  {
    what: "a policy whose rules are gone, so that nobody enforces it, and a node that does not forward",
    make: [
      {
        create: "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies",
        body: {
          apiVersion: "networking.k8s.io/v1",
          kind: "NetworkPolicy",
          metadata: { name: "from-anywhere" },
          spec: {
            podSelector: { matchLabels: { app: "web" } },
            policyTypes: ["Ingress"],
            ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }],
          },
        },
      },
      ...by("n2", "ip6tables -F FORWARD", "sysctl -qw net.ipv6.conf.all.forwarding=0"),
    ],
    subject: pair,
    proves: ["forwarding-off"],
  },
  ...firewallCases,
  {
    what: "a node drops what comes in, and lets neighbour discovery pass",
    lab: { mode: "bridge" },
    make: by("n1", "ip6tables -A INPUT -p ipv6-icmp -j ACCEPT", "ip6tables -A INPUT -p udp -j DROP"),
    subject: pair,
    proves: [],
    healthy: true,
  },
  {
    what: "a Service that is IPv4-only, in a survey",
    make: [
      {
        patch: "/api/v1/namespaces/default/services/web",
        type: "merge",
        body: { spec: { ipFamilyPolicy: "SingleStack" } },
      },
    ],
    subject: {},
    proves: [],
    healthy: true,
  },
];
