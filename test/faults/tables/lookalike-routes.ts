import { by, type LabCase, nft, outside, shell } from "../case.ts";
import { onLink, renumbered } from "./global-pods.ts";
import { ownFirewall } from "./lookalike-links.ts";

/** All TCP, whatever the port. */
const deaf = (pod: string) =>
  nft(
    pod,
    "add table ip6 own",
    "add chain ip6 own i { type filter hook input priority 0 ; }",
    "add rule ip6 own i meta l4proto tcp drop",
  );
const filtered = (netns: string, hook: string, rule: string) =>
  nft(
    netns,
    "add table ip6 f",
    `add chain ip6 f f { type filter hook ${hook} priority 0 ; }`,
    `add rule ip6 f f ${rule} drop`,
  );
const marked = by(
  "n1",
  "ip6tables -t mangle -A PREROUTING -s fd00:10:244:1::/64 -j MARK --set-mark 0x66",
  "ip -6 rule add fwmark 0x66 lookup 100",
);

/** Of routes, and of what decides before them: something else on the way takes the packets. */
export const twofoldRoutes: readonly (Pick<LabCase, "what" | "make"> & Partial<LabCase>)[] = [
  {
    what: "main rejects, and what carries a mark of its own has another table",
    make: [
      ...marked,
      ...by(
        "n1",
        "ip -6 route add fd00:10:244:2::/64 via 2001:db8:18::102 dev eth0 table 100",
        "ip -6 route add fd00:10:244:1::/64 dev cni0 table 100",
        "ip -6 route add unreachable fd00:10:244:2::11/128",
      ),
      ...ownFirewall("n2-p1"),
    ],
  },
  {
    what: "a table for what carries a mark rejects it",
    make: [...marked, ...by("n1", "ip -6 route add blackhole default table 100")],
  },
  {
    what: "no route back, a router that knows the pods, and a target that takes no TCP",
    make: [
      ...by("n2", "ip -6 route del fd00:10:244:1::/64"),
      ...by("gw", "ip -6 route add fd00:10:244:1::/64 via 2001:db8:18::101"),
      ...deaf("n2-p1"),
    ],
  },
  {
    what: "a chain of nftables that lets go what carries a mark, and accepts the rest",
    make: [
      ...nft(
        "n1",
        "add table ip6 fw",
        "add chain ip6 fw sub",
        "add chain ip6 fw f { type filter hook forward priority 0 ; }",
        "add rule ip6 fw sub meta mark 0x77 return",
        "add rule ip6 fw sub accept",
        "add rule ip6 fw f tcp dport 8080 jump sub",
        "add rule ip6 fw f tcp dport 8080 counter drop",
      ),
      ...by("n1", "ip6tables -t mangle -A PREROUTING -s fd00:10:244:1::12 -j MARK --set-mark 0x77"),
      shell("n1-p2", "timeout 3 busybox nc -w 1 fd00:10:244:2::12 8080 </dev/null >/dev/null 2>&1; true"),
      ...ownFirewall("n2-p1"),
    ],
  },
  {
    what: "the pod's node sends elsewhere what the other node drops",
    make: [
      ...by(
        "n1",
        "ip6tables -t nat -I PREROUTING -s fd00:10:244:1::11 -d fd00:10:244:2::11 -p tcp --dport 8080 -j DNAT --to-destination [fd00:10:244:2::12]:8080",
      ),
      ...by("n2", "ip6tables -I FORWARD -d fd00:10:244:2::11 -p tcp --dport 8080 -j DROP"),
      ...ownFirewall("n2-p2"),
      shell(
        "n1-p2",
        "(for i in $(seq 1 60); do busybox nc -w 1 fd00:10:244:2::11 8080 </dev/null; sleep 0.2; done) >/dev/null 2>&1 </dev/null &",
      ),
    ],
  },
  {
    what: "the older tables of the far node drop it, which ip6tables-save does not print",
    make: by("n2", "ip6tables-legacy -I FORWARD -p tcp --dport 8080 -j DROP"),
  },
  ...[
    { who: "the node answers for the pod", by: proxied() },
    { who: "the router has a route to it", by: by("gw", `ip -6 route add ${onLink}/128 via 2001:db8:18::101`) },
  ].map(({ who, by: way }) => ({
    what: `a pod's address is of the nodes' link, ${who}, and the outside drops it`,
    make: [
      ...renumbered(onLink, { mode: "bridge", families: "dual", proxy: "iptables" }),
      ...way,
      ...filtered("out", "input", `ip6 saddr ${onLink}`),
    ],
    subject: outside,
  })),
];

function proxied() {
  return by(
    "n1",
    "sysctl -qw net.ipv6.conf.all.proxy_ndp=1 net.ipv6.conf.eth0.proxy_ndp=1",
    `ip -6 neigh add proxy ${onLink} dev eth0`,
  );
}
