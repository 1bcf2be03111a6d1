import type { Step } from "#test/lab/faults.ts";
import { by } from "../case.ts";

/** Debian's tayga on the router of the lab, for a minute: a NAT64 of a prefix. */
export function nat64(prefix: string): Step[] {
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
