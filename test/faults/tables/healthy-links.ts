import { by, type LabCase, outside, pair, shell, towardsPods } from "../case.ts";
import { neighbourStays } from "./filters.ts";
import { onLink, renumbered, routed } from "./global-pods.ts";
import { gatewayOf, prefixOf, rogue } from "./links.ts";

/** Of routing rules, links and neighbours that look wrong and are not. */
export const healthyLinks: readonly LabCase[] = [
  {
    what: "rules that send pods to a table without a route for them, and others to one that rejects all",
    make: by(
      "n1",
      "ip -6 rule add from fd00:10:244:1::/64 lookup 100 pref 100",
      "ip -6 route add throw default table 100",
      "ip -6 rule add from 2001:db8:99::/64 lookup 101 pref 101",
      "ip -6 route add blackhole default table 101",
    ),
    subject: pair,
  },
  {
    what: "permanent neighbours that are right, and one of nobody that anybody asks for",
    on: ["bridge", "routed"],
    make: [
      shell("n1", neighbourStays("2001:db8:18::102")),
      ...by("n1-p1", "ip -6 neigh add fd00:77::9 lladdr 02:00:00:00:99:99 dev eth0 nud permanent"),
    ],
    subject: pair,
  },
  {
    what: "links that are down, and belong to no pod that is looked at",
    make: by("n2", "ip link add spare type veth peer name spare-peer", "ip link set veth2 down"),
    subject: pair,
  },
  {
    what: "another pod on the bridge says that it is a router, and no pod listens",
    on: ["bridge", "vxlan6"],
    make: rogue("accept_ra=0"),
    subject: pair,
  },
  {
    what: "pods with global addresses that the nodes' router knows the way to",
    make: (shape) => [
      ...renumbered(routed, shape),
      ...by("gw", `ip -6 route add ${routed}/128 via 2001:db8:18::101`),
      ...by("out", `ip -6 route add ${routed}/128 via 2001:db8:ffff::ffff`),
    ],
    subject: outside,
  },
  {
    what: "pods with addresses of the nodes' own link, for which their node answers",
    make: (shape) => [
      ...by("n1", "sysctl -qw net.ipv6.conf.eth0.proxy_ndp=1", `ip -6 neigh add proxy ${onLink} dev eth0`),
      ...renumbered(onLink, shape),
    ],
    subject: outside,
  },
  {
    what: "a hop limit that is just enough, and one of 1 that the route puts right",
    make: (shape) => [
      ...by("n2-p1", "sysctl -qw net.ipv6.conf.eth0.hop_limit=3"),
      ...by(
        "n1-p1",
        "sysctl -qw net.ipv6.conf.eth0.hop_limit=1",
        `ip -6 route change default via ${gatewayOf(shape)} dev eth0 hoplimit 64`,
      ),
    ],
    subject: pair,
  },
  {
    what: "a pod's prefix that covers all pods, for which its node answers",
    make: (shape) => [
      ...by(
        "n1",
        `sysctl -qw net.ipv6.conf.${towardsPods(shape)}.proxy_ndp=1`,
        `ip -6 neigh add proxy fd00:10:244:2::11 dev ${towardsPods(shape)}`,
      ),
      prefixOf("n1-p1", "fd00:10:244:1::11", 48, gatewayOf(shape)),
    ],
    subject: pair,
  },
];
