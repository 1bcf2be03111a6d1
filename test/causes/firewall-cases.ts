import type { Subject } from "#core/diagnosis/diagnosis.ts";
import { by, from, type LabCase, nft, pair } from "./lab-case.ts";

const node: Subject = { from, to: { kind: "node", name: "n2" } };
/** Neighbour entries hold for half a minute; whoever is asked for anew shows what a firewall does to the question. */
const forgotten = (...places: readonly string[]) => places.flatMap((place) => by(place, "ip -6 neigh flush all"));
const dropsICMPv6 = "ip6tables -I INPUT -p ipv6-icmp -j DROP";

/** What nodes drop, by either packet filter, at each of the hooks that a packet passes. */
export const firewallCases: readonly LabCase[] = [
  {
    what: "the target's node drops ICMPv6 that comes in, so that the other node does not find it",
    lab: { mode: "routed" },
    make: [...by("n2", dropsICMPv6), ...forgotten("n1", "n2", "n2-p1", "gw")],
    subject: pair,
    proves: ["neighbour-discovery-dropped"],
  },
  {
    what: "the target's node drops ICMPv6 that comes in, so that it does not find its own pod",
    lab: { mode: "bridge" },
    // The nodes know each other for good.
    make: [
      { in: "n1", run: ["sh", "-c", neighbourStays("2001:db8:18::102")] },
      { in: "n2", run: ["sh", "-c", neighbourStays("2001:db8:18::101")] },
      ...by("n2", dropsICMPv6),
      ...forgotten("n2-p1"),
      ...by("n2", "ip -6 neigh flush dev cni0"),
    ],
    subject: pair,
    proves: ["neighbour-discovery-dropped"],
  },
  {
    what: "the source's node drops neighbour discovery by the policy of an nftables chain that accepts what belongs to a connection",
    make: [
      ...nft(
        "n1",
        "add table inet host",
        "add chain inet host input { type filter hook input priority 0 ; policy drop ; }",
        "add rule inet host input ct state established,related accept",
        "add rule inet host input meta nfproto ipv4 accept",
        'add rule inet host input iifname "lo" accept',
        "add rule inet host input meta l4proto { tcp, udp } accept",
      ),
      ...forgotten("n1-p1", "n1"),
    ],
    subject: pair,
    proves: ["neighbour-discovery-dropped"],
  },
  {
    what: "such a chain that accepts neighbour discovery",
    make: [
      ...nft(
        "n1",
        "add table inet host",
        "add chain inet host input { type filter hook input priority 0 ; policy drop ; }",
        "add rule inet host input ct state established,related accept",
        "add rule inet host input meta nfproto ipv4 accept",
        'add rule inet host input iifname "lo" accept',
        "add rule inet host input meta l4proto { tcp, udp } accept",
        "add rule inet host input icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept",
      ),
      ...forgotten("n1-p1", "n1"),
    ],
    subject: pair,
    proves: [],
    healthy: true,
  },
  {
    what: "nftables drops forwarded TCP on the far node",
    lab: { mode: "routed" },
    make: nft(
      "n2",
      "add table ip6 fw",
      "add chain ip6 fw forward { type filter hook forward priority 0 ; }",
      "add rule ip6 fw forward meta l4proto tcp drop",
    ),
    subject: pair,
    proves: ["nftables-drops"],
  },
  {
    what: "nftables drops by its policy what the source's node forwards",
    make: nft(
      "n1",
      "add table ip6 fw",
      "add chain ip6 fw forward { type filter hook forward priority 0 ; policy drop ; }",
    ),
    subject: pair,
    proves: ["nftables-drops"],
  },
  {
    what: "a node drops what comes to a port of its own",
    make: by("n2", "ip6tables -A INPUT -p tcp --dport 10250 -j DROP"),
    subject: node,
    proves: ["host-firewall-drops"],
  },
  {
    what: "a node drops what comes to a port of its own, which is dialled by its address",
    make: by("n2", "ip6tables -A INPUT -p tcp --dport 10250 -j DROP"),
    subject: { from, to: { kind: "address", address: "2001:db8:18::102", port: 10250 } },
    proves: ["host-firewall-drops"],
  },
  {
    what: "nftables of a node drops what comes to a port of its own",
    make: nft(
      "n2",
      "add table inet host",
      "add chain inet host input { type filter hook input priority 0 ; }",
      "add rule inet host input meta nfproto ipv6 tcp dport 10250 counter drop",
    ),
    subject: node,
    proves: ["host-firewall-drops"],
  },
  {
    what: "a drop before routing, on the far node",
    lab: { mode: "routed" },
    make: by("n2", "ip6tables -t raw -A PREROUTING -p tcp --dport 8080 -j DROP"),
    subject: pair,
    proves: ["early-hook-drops"],
  },
];

/** A command that keeps the neighbour entry for an address, which is there already, for good. */
function neighbourStays(address: string): string {
  return `busybox ping -6 -c 1 -w 2 ${address} >/dev/null; mac=$(ip -6 neigh show ${address} | grep -o 'lladdr [^ ]*'); ip -6 neigh replace ${address} $mac dev eth0 nud permanent`;
}
