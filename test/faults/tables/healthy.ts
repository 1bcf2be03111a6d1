import {
  by,
  corefile,
  forgotten,
  from,
  kubeProxy,
  type LabCase,
  listening,
  merge,
  named,
  neighbour,
  nft,
  outside,
  pair,
  paths,
  service,
  staying,
} from "../case.ts";
import { hostChain, policy, rated, singleStack, web } from "./filters.ts";
import { healthyLinks } from "./healthy-links.ts";
import { nat64 } from "./nat64.ts";
import { besideTunnel, betweenNodes, cloud } from "./routes.ts";

/** Answers what is small, and is silent on requests above a thousand bytes, over both families. */
const deafToLarge = String.raw`use Socket qw(:all);socket my $s,AF_INET6,SOCK_STREAM,0;setsockopt $s,SOL_SOCKET,SO_REUSEADDR,1;bind $s,pack_sockaddr_in6(8080,inet_pton(AF_INET6,"::"))or die;listen $s,50;$SIG{CHLD}="IGNORE";while(accept my $c,$s){next if fork;my $b="";while(sysread $c,$b,4096,length $b){if(length $b>1000){$b="";next}if($b=~/\r\n\r\n/){syswrite $c,"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok";exit}}sleep 20;exit}`;

/** The rule for what pods send outside; what kube-proxy masquerades, so that a pod may reach itself by its Service, stays. */
const toOutside = (chain: string) => [
  ..."ip6tables -t nat -D".split(" "),
  chain,
  ..."-s fd00:10:244::/48 ! -d fd00:10:244::/48 -m comment --comment".split(" "),
  "pods to the outside",
  ..."-j MASQUERADE".split(" "),
];
const chainOf = (proxy: string) => (proxy === "iptables" ? "KUBE-POSTROUTING" : "POSTROUTING");
const masqueradesInNftables = nft(
  "n1",
  "add table ip6 flannel-ipv6",
  "add chain ip6 flannel-ipv6 postrtg { type nat hook postrouting priority 100 ; }",
  "add rule ip6 flannel-ipv6 postrtg ip6 saddr fd00:10:244::/48 ip6 daddr != fd00:10:244::/48 masquerade fully-random",
);

/** Clusters in which nothing is claimed: nothing is wrong, or it looks like what it is not. */
export const healthy: readonly LabCase[] = [
  { what: "a pod asks for a pod of another node", make: [], subject: pair },
  { what: "a pod asks for a Service", make: [], subject: service },
  { what: "a pod asks for the outside", make: [], subject: outside },
  { what: "a survey of the whole cluster", make: [], subject: {} },
  { what: "a survey from one pod", make: [], subject: { from: neighbour } },
  { what: "a pod asks for a name outside", on: ["dual"], make: [], subject: named("example.test") },
  { what: "IPv4 goes beside the tunnel", on: ["vxlan6", "dual"], make: besideTunnel, subject: pair },
  { what: "a cloud that routes to pods", on: ["bridge"], make: cloud, subject: pair },
  {
    what: "the node's router knows the pods of the other node",
    on: ["bridge", "routed"],
    make: [
      ...by("n1", "ip -6 route replace fd00:10:244:2::/64 via 2001:db8:18::1 dev eth0"),
      ...by("gw", "ip -6 route add fd00:10:244:2::/64 via 2001:db8:18::102"),
    ],
    subject: pair,
  },
  {
    what: "a chain that accepts pods before it drops the rest, and another port",
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
  },
  {
    what: "what is above a rate is dropped, and nobody comes near it",
    make: rated("n1", "limit --limit 1000/second --limit-burst 1000"),
    subject: pair,
  },
  {
    what: "a pod that drops another port, and accepts its own before it drops the rest",
    lab: { images: { "n2-p1": "netshoot" } },
    make: by(
      "n2-p1",
      "ip6tables -A INPUT -p tcp --dport 22 -j DROP",
      "ip6tables -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
      "ip6tables -A INPUT -p tcp --dport 8080 -j ACCEPT",
      "ip6tables -A INPUT -p tcp -j DROP",
    ),
    subject: pair,
  },
  {
    what: "a rule of the raw table drops another port",
    make: by("n1", "ip6tables -t raw -A PREROUTING -p tcp --dport 22 -j DROP"),
    subject: pair,
  },
  {
    what: "nftables drops strangers as they are forwarded",
    make: nft(
      "n1",
      "add table ip6 fw",
      "add chain ip6 fw forward { type filter hook forward priority 0 ; }",
      "add rule ip6 fw forward ip6 saddr 2001:db8:ffff::/64 counter drop",
    ),
    subject: pair,
  },
  {
    what: "firewalld rejects another port",
    make: nft(
      "n2",
      "add table inet firewalld",
      "add chain inet firewalld filter_FORWARD { type filter hook forward priority 10 ; }",
      "add rule inet firewalld filter_FORWARD meta nfproto ipv6 tcp dport 22 counter reject with icmpx type admin-prohibited",
    ),
    subject: pair,
  },
  {
    what: "what belongs to no connection is dropped",
    make: by("n2", "ip6tables -I FORWARD -m conntrack --ctstate INVALID -j DROP"),
    subject: pair,
  },
  {
    what: "an nftables chain of the node accepts neighbour discovery beside what belongs to a connection",
    on: ["bridge", "vxlan6"],
    make: [
      ...hostChain(
        "add rule inet host input icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept",
      ),
      ...forgotten("n1-p1", "n1"),
    ],
    subject: pair,
  },
  {
    what: "a node drops what comes in, and lets neighbour discovery pass",
    on: ["bridge"],
    make: by("n1", "ip6tables -A INPUT -p ipv6-icmp -j ACCEPT", "ip6tables -A INPUT -p udp -j DROP"),
    subject: pair,
  },
  {
    what: "another overlay's port is blocked between the nodes",
    on: ["vxlan6"],
    make: betweenNodes("ether type ip6 udp dport 4789 drop"),
    subject: pair,
  },
  {
    what: "a pod's MTU above the tunnel's, of which the node tells it",
    on: ["vxlan6"],
    make: [
      ...by("n1", "ip link set veth1 mtu 1500", "ip link set cni0 mtu 1430"),
      ...by("n1-p1", "ip link set eth0 mtu 1500"),
    ],
    subject: pair,
  },
  {
    what: "a narrow way to the outside, of which its router tells",
    on: ["routed", "bridge"],
    make: by("gw", "ip link set eth1 mtu 1400"),
    subject: { ...outside, sizes: true },
  },
  {
    what: "a switch between the nodes that drops large packets of IPv4 alone",
    on: ["bridge"],
    make: betweenNodes("ether type ip ip length > 1400 drop"),
    subject: { ...pair, sizes: true },
  },
  { what: "a pod whose MTU is the smallest there is", make: by("n1-p1", "ip link set eth0 mtu 1280"), subject: pair },
  {
    what: "flannel masquerades in nftables alone",
    on: ["bridge", "vxlan6"],
    make: ({ proxy }) => [{ in: "n1", run: toOutside(chainOf(proxy)) }, ...masqueradesInNftables],
    subject: outside,
  },
  {
    what: "source addresses are translated to a fixed one",
    make: ({ proxy }) => [
      { in: "n1", run: toOutside(chainOf(proxy)) },
      ...by("n1", "ip6tables -t nat -A POSTROUTING -s fd00:10:244::/48 -o eth0 -j SNAT --to-source 2001:db8:18::101"),
    ],
    subject: outside,
  },
  { what: "a node that renews its default route by advertisements", lab: { ra: true }, make: [], subject: outside },
  {
    what: "a node that takes no advertisement and has a static default route",
    make: by("n1", "sysctl -qw net.ipv6.conf.eth0.accept_ra=0"),
    subject: outside,
  },
  {
    what: "forwarding is on for all, and off for one interface",
    make: by("n1", "sysctl -qw net.ipv6.conf.eth0.forwarding=0"),
    subject: pair,
  },
  {
    what: "IPv6 is off on an interface that nobody needs",
    make: by("n1", "ip link add spare type veth peer name spare-peer", "sysctl -qw net.ipv6.conf.spare.disable_ipv6=1"),
    subject: pair,
  },
  {
    what: "routes that a distribution rejects from the start",
    make: by(
      "n1",
      "ip -6 route add unreachable ::/96",
      "ip -6 route add unreachable 2002:a00::/24",
      "ip -6 route add blackhole fd00:10:999::/48",
    ),
    subject: pair,
  },
  ...healthyLinks,
  {
    what: "a second address of the pod, and one that is deprecated",
    make: by(
      "n1-p1",
      "ip -6 addr add fd00:77::11/64 dev eth0",
      "ip -6 addr add fd00:78::11/64 dev eth0 preferred_lft 0",
    ),
    subject: pair,
  },
  {
    what: "bridged frames pass the rules by, and nobody asks for his neighbour",
    on: ["bridge", "vxlan6"],
    lab: { images: { "n2-p2": "busybox" } },
    make: [{ remove: `${paths.pods}/n2-p1` }, ...by("n2", "sysctl -qw net.bridge.bridge-nf-call-ip6tables=0")],
    subject: { ...service, from: { namespace: "default", name: "n2-p2" } },
  },
  {
    what: "no hairpin mode, and nobody who asks for himself",
    on: ["bridge", "vxlan6"],
    make: by("n1", ...["veth1", "veth2", "vethdns"].map((port) => `bridge link set dev ${port} hairpin off`)),
    subject: { ...service, from: neighbour },
  },
  {
    what: "a Service that is IPv4-only, in a survey",
    on: ["dual"],
    make: [singleStack],
    subject: {},
    notices: ["service-single-stack"],
  },
  {
    what: "a policy that lets in both families by address",
    on: ["dual"],
    make: [
      policy("from-anywhere", {
        ...web,
        ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }, { ipBlock: { cidr: "::/0" } }] }],
      }),
    ],
    subject: pair,
  },
  {
    what: "a policy that lets pods in by their labels",
    make: [policy("from-pods", { ...web, ingress: [{ from: [{ podSelector: {} }] }] })],
    subject: pair,
  },
  {
    what: "a policy that lets nobody into other pods",
    make: [policy("closed", { podSelector: { matchLabels: { app: "client" } }, policyTypes: ["Ingress"] })],
    subject: pair,
  },
  {
    what: "a Service that keeps to its node, where it has an endpoint",
    make: [merge(paths.web, { spec: { internalTrafficPolicy: "Local" } })],
    subject: service,
  },
  {
    what: "a Service with a port of the nodes",
    make: [merge(paths.web, { spec: { type: "NodePort" } })],
    subject: service,
  },
  {
    what: "a Service one of whose pods is not ready",
    make: [merge(`${paths.pods}/n1-p1/status`, { status: { conditions: [{ type: "Ready", status: "False" }] } })],
    subject: { ...service, from: neighbour },
  },
  {
    what: "AAAA records are held back of a zone that nobody asks for",
    make: [corefile("template IN AAAA internal.test {\n        rcode NXDOMAIN\n    }")],
    subject: service,
  },
  {
    what: "Felix's environment wins over its configuration",
    on: ["routed"],
    make: [merge("/apis/crd.projectcalico.org/v1/felixconfigurations/default", { spec: { ipv6Support: false } })],
    subject: pair,
  },
  {
    what: "a program that complained of IPv6 once, and lives",
    make: [{ log: "n2-p1", says: "socket() [::]:81 failed (97: Address family not supported by protocol)\nlistening" }],
    subject: pair,
  },
  {
    what: "kube-proxy complained of ip6tables once, and its rules are there",
    on: ["iptables"],
    make: [{ log: "kube-proxy@n1", says: 'W1 server.go:1] "No iptables support for family" ipFamily="IPv6"' }],
    subject: service,
  },
  {
    what: "nodePortAddresses names both families",
    on: ["dual"],
    make: ({ proxy }) => [
      kubeProxy(`mode: ${proxy}\nnodePortAddresses: ["172.18.0.0/16", "2001:db8:18::/64"]`),
      merge(paths.web, { spec: { type: "NodePort" } }),
    ],
    subject: service,
  },
  {
    what: "a NAT64 that translates what DNS64 makes up",
    program: "tayga",
    make: [...nat64("64:ff9b::/96"), corefile("dns64")],
    subject: { from, outside: ["64:ff9b::5db8:d822"] },
  },
  {
    what: "a NAT64 of a prefix of one's own, which may translate private addresses",
    program: "tayga",
    make: [...nat64("2001:db8:64::/96"), corefile("dns64 2001:db8:64::/96")],
    subject: { from, outside: ["2001:db8:64::5db8:d822", "2001:db8:64::c633:6401"] },
  },
  {
    what: "a server that is silent on large requests",
    make: [{ serve: "n2-p1", listen: "[::]:8081" }, staying("n2-p1", `perl -e '${deafToLarge}'`, listening)],
    subject: pair,
    fails: true,
    dies: { at: "endpoints", because: /it is the server, and not the path/ },
  },
  {
    what: "the outside is gone for everybody, while flannel masquerades in nftables",
    on: ["bridge", "vxlan6"],
    make: ({ proxy }) => [
      { in: "n1", run: toOutside(chainOf(proxy)) },
      ...masqueradesInNftables,
      ...by("gw", "ip -6 route add blackhole 2001:db8:ffff::1/128"),
    ],
    subject: outside,
    fails: true,
  },
  {
    what: "nobody listens on the port, in either family",
    make: [{ serve: "n2-p1", listen: "[::]:8081" }],
    subject: pair,
    fails: true,
  },
  {
    what: "a policy denies both families",
    make: [policy("closed", { ...web })],
    subject: pair,
    fails: true,
  },
  {
    what: "DNS over IPv6 is lost on its way, and a Service is IPv4-only on purpose",
    on: ["dual"],
    make: [
      singleStack,
      ...nft(
        "n1",
        "add table ip6 lost",
        "add chain ip6 lost dns { type filter hook prerouting priority -300 ; }",
        "add rule ip6 lost dns udp dport 53 drop",
      ),
    ],
    subject: { from },
    notices: ["service-single-stack"],
    fails: true,
  },
];
