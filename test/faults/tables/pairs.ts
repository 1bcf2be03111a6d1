import { by, corefile, from, type LabCase, nft, service } from "../case.ts";
import { policy, web } from "./filters.ts";
import { besideTunnel, noTunnelPort } from "./routes.ts";
import { balanced, noRules } from "./services.ts";

/** Looks at pods of both nodes, at the Service and its name, and at the outside. */
const around = { from, outside: ["2001:db8:ffff::1"] };
const onIPv4 = { serve: "n2-p1", listen: "0.0.0.0:8080" };
const noWayOut = by("gw", "ip -6 route add unreachable 2001:db8:ffff::1/128");
const noDefault = by("n1", "ip -6 route del default");
const noAAAA = corefile("template IN AAAA . {\n        rcode NOERROR\n    }");

/** Two things wrong at once, by the names of both causes. */
export const pairs: Readonly<Record<string, LabCase>> = {
  "load-balancer-beyond-families + service-single-stack": {
    what: "a load balancer that lists a node's IPv6 address of an IPv4-only Service",
    on: ["dual"],
    make: balanced({ ipFamilyPolicy: "SingleStack" }, "172.18.1.1", "2001:db8:18::101"),
    subject: service,
  },
  "listener-ipv4-only + no-way-out-upstream": {
    what: "inside and outside",
    make: [onIPv4, ...noWayOut],
    subject: around,
  },
  "listener-ipv4-only + node-without-default-route": {
    what: "inside and outside",
    make: [onIPv4, ...noDefault],
    subject: around,
  },
  "network-policy-ipv4-only + no-way-out-upstream": {
    what: "inside and outside",
    on: ["dual"],
    make: [policy("from-anywhere", { ...web, ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] }), ...noWayOut],
    subject: around,
  },
  "forwarding-off + no-aaaa": {
    what: "the far node, and names",
    on: ["dual"],
    make: [...by("n2", "sysctl -qw net.ipv6.conf.all.forwarding=0"), noAAAA],
    subject: around,
  },
  "no-aaaa + overlay-port-blocked": {
    what: "the tunnel, and names",
    on: ["vxlan6", "dual"],
    make: (shape) => [...besideTunnel(shape), ...noTunnelPort, noAAAA],
    subject: around,
  },
  "kube-proxy-no-ipv6-rules + node-without-default-route": {
    what: "Services, and the outside",
    // Without a route the connection is tracked nowhere, and ip6tables shows no rules of nftables.
    on: ["iptables"],
    make: [...noRules.iptables, ...noDefault],
    subject: around,
  },
  "blackhole-route + no-aaaa": {
    what: "one pod, and names",
    on: ["dual"],
    make: [...by("n1", "ip -6 route add blackhole fd00:10:244:2::11/128"), noAAAA],
    subject: around,
  },
  "firewall-rejects + no-way-out-upstream": {
    what: "the far node, and the outside",
    make: [...by("n2", "ip6tables -I FORWARD -j REJECT --reject-with icmp6-adm-prohibited"), ...noWayOut],
    subject: around,
  },
  "nftables-drops + node-without-default-route": {
    what: "the far node, and the outside",
    make: [
      ...nft(
        "n2",
        "add table ip6 fw",
        "add chain ip6 fw forward { type filter hook forward priority 0 ; }",
        "add rule ip6 fw forward meta l4proto tcp drop",
      ),
      ...noDefault,
    ],
    subject: around,
  },
  "node-without-default-route + pod-without-default-route": {
    what: "of the source's node, and of the target",
    make: [...noDefault, ...by("n2-p1", "ip -6 route del default")],
    subject: around,
  },
  "early-hook-drops + no-way-out-upstream": {
    what: "the far node, and the outside",
    make: [...by("n2", "ip6tables -t raw -A PREROUTING -p tcp --dport 8080 -j DROP"), ...noWayOut],
    subject: around,
  },
  "return-route-missing + no-way-out-upstream": {
    what: "the far node, and the outside",
    on: ["bridge", "routed"],
    make: [...by("n2", "ip -6 route del fd00:10:244:1::/64"), ...noWayOut],
    subject: around,
  },
  "listener-ipv4-only + route-to-peer-missing": {
    what: "a pod of the same node, and the way to the other",
    on: ["bridge"],
    make: [{ serve: "n1-p2", listen: "0.0.0.0:8080" }, ...by("n1", "ip -6 route del fd00:10:244:2::/64")],
    subject: { from },
  },
  "ipv6-disabled-on-interface + no-aaaa": {
    what: "the source, and names that are asked for over IPv4",
    on: ["routed", "dual"],
    make: [...by("n1-p1", "sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1"), noAAAA],
    subject: { from },
  },
  "forwarding-off + kube-proxy-no-ipv6-rules": {
    what: "the far node, and Services",
    on: ["iptables"],
    make: [...by("n2", "sysctl -qw net.ipv6.conf.all.forwarding=0"), ...noRules.iptables],
    subject: { from },
  },
  "kube-proxy-no-ipv6-rules + return-route-missing": {
    what: "Services, and answers of the other node",
    on: ["iptables", "bridge", "routed"],
    make: [...noRules.iptables, ...by("n2", "ip -6 route del fd00:10:244:1::/64")],
    subject: { from },
  },
  "listener-ipv4-only + forwarding-off": {
    what: "the target, and its node: what comes first",
    on: ["bridge"],
    make: [{ serve: "n1-p2", listen: "0.0.0.0:8080" }, ...by("n2", "sysctl -qw net.ipv6.conf.all.forwarding=0")],
    subject: { from },
  },
};
