import type { Step } from "#test/lab/faults.ts";
import { by, from, type LabCase } from "./lab-case.ts";

/** Debian's tayga on the router of the lab, for half a minute: a NAT64 of a prefix. */
function nat64(prefix: string): Step[] {
  const conf = `tun-device nat64\\nipv4-addr 192.168.255.1\\nipv6-addr 2001:db8:65::1\\nprefix ${prefix}\\ndynamic-pool 192.168.255.0/24\\n`;
  const start = [
    "f=$(mktemp -d)",
    `printf '${conf}' > $f/conf`,
    "tayga --config $f/conf --mktun",
    "ip link set nat64 up",
    "ip route add 192.168.255.0/24 dev nat64",
    `ip -6 route add ${prefix} dev nat64`,
    "ip -6 route add 2001:db8:65::1 dev nat64",
    "timeout 60 tayga -d --config $f/conf >/dev/null 2>&1 </dev/null &",
    "sleep 1; rm -r $f",
  ];
  return [
    { in: "gw", run: ["sh", "-ec", start.join("\n")] },
    ...by("gw", "iptables -t nat -A POSTROUTING -s 192.168.255.0/24 -j MASQUERADE"),
    // A global IPv4 address: translators refuse others behind the well-known prefix.
    ...by("out", "ip addr add 93.184.216.34/32 dev lo"),
    ...by("gw", "ip route add 93.184.216.34 via 198.51.100.1"),
  ];
}

const corefile = (plugin: string): Step => ({
  patch: "/api/v1/namespaces/kube-system/configmaps/coredns",
  type: "merge",
  body: {
    data: {
      Corefile: `.:53 {\n    kubernetes cluster.local in-addr.arpa ip6.arpa\n    ${plugin}\n    forward . /etc/resolv.conf\n}\n`,
    },
  },
});

/** Of translation; they take Debian's package tayga, and are left out without. */
export const nat64LabCases: readonly LabCase[] = [
  {
    what: "a NAT64 that translates what DNS64 makes up",
    program: "tayga",
    make: [...nat64("64:ff9b::/96"), corefile("dns64")],
    subject: { from, outside: ["64:ff9b::5db8:d822"] },
    proves: [],
    healthy: true,
  },
  {
    what: "the same NAT64, and a private address behind its prefix",
    program: "tayga",
    make: [...nat64("64:ff9b::/96"), corefile("dns64")],
    subject: { from, outside: ["64:ff9b::5db8:d822", "64:ff9b::a00:7"] },
    proves: ["nat64-private-ipv4"],
  },
  {
    what: "a NAT64 of a prefix of one's own, which may translate private addresses",
    program: "tayga",
    make: [...nat64("2001:db8:64::/96"), corefile("dns64 2001:db8:64::/96")],
    subject: { from, outside: ["2001:db8:64::5db8:d822", "2001:db8:64::c633:6401"] },
    proves: [],
    healthy: true,
  },
];
