import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { parseIp6tablesSave } from "#core/linux/ip6tables-save.ts";
import { parseIpv6Route } from "#core/linux/ipv6-route.ts";
import { parsePolicyRules } from "#core/linux/policy-rules.ts";

/** Observations as the probes make them, from the text Linux prints. */
export const podAddresses = parseIfInet6(
  "00000000000000000000000000000001 01 80 10 80       lo\nfd000010024400010000000000000011 02 40 00 80     eth0\nfe80000000000000b4cf87fffe07282f 02 40 20 80     eth0\n",
);
export const linkLocalOnly = parseIfInet6("fe80000000000000b4cf87fffe07282f 02 40 20 80     eth0\n");
export const duplicate = parseIfInet6("fd000010024400010000000000000011 02 40 00 c8     eth0\n");
export const nodeAddresses = parseIfInet6("20010db8001800000000000000000101 02 40 00 80     eth0\n");

const zero = "0".repeat(32);
const line = (destination: string, length: string, gateway: string, flags: string, device: string) =>
  `${destination} ${length} ${zero} 00 ${gateway} 00000400 00000001 00000000 ${flags}     ${device}\n`;
const nullEntry = `${zero} 00 ${zero} 00 ${zero} ffffffff 00000001 00000000 00200200       lo\n`;

export const staticDefault = line(zero, "00", "fd0000100244000100000000000000ff", "00000003", "eth0");
export const advertisedDefault = line(zero, "00", "fe80000000000000000000000000beef", "00450003", "eth0");
/** fd00:10:244:2::/64, the pods of node n2 */
export const toN2 = line(
  "fd000010024400020000000000000000",
  "40",
  "20010db8001800000000000000000102",
  "00000003",
  "eth0",
);
/** fd00:10:244:1::/64, the pods of node n1 */
export const toN1 = line(
  "fd000010024400010000000000000000",
  "40",
  "20010db8001800000000000000000101",
  "00000003",
  "eth0",
);
/** fd00:10:244::/48 on the bridge of the node's own pods */
export const allPodsOnBridge = line("fd000010024400000000000000000000", "30", zero, "00000001", "cni0");
/** fd00:10:244:2::11 alone, pod b of node n2 */
export const toPodB = line("fd000010024400020000000000000011", "80", zero, "00000001", "cali1");
export const blackholeN2 = line("fd000010024400020000000000000000", "40", zero, "00200200", "lo");

export function routes(...lines: string[]) {
  return parseIpv6Route(nullEntry + lines.join(""));
}

export function counters(moved: Record<string, number> = {}, total: Record<string, number> = moved) {
  return { moved, total };
}

/** `ip6tables-save -c` read twice; every counter of the second reading has moved. */
export function rules(text: string) {
  const { chains, rules: parsed } = parseIp6tablesSave(text);
  return {
    policies: chains.filter(({ policy }) => policy !== "-").map((chain) => ({ ...chain, moved: chain.packets })),
    rules: parsed.map((rule) => ({ ...rule, moved: rule.packets ?? 0 })),
  };
}

/** nftables without a table of its own. */
export const noNft = { tables: [], masquerades: [], drops: [] };

export const harmlessRules = rules(
  "*filter\n:INPUT ACCEPT [10:800]\n:FORWARD ACCEPT [20:1600]\n:OUTPUT ACCEPT [5:400]\nCOMMIT\n",
);
export const settings = {
  all: { disable_ipv6: 0, accept_ra: 1 },
  eth0: { disable_ipv6: 0, accept_ra: 2 },
  lo: { disable_ipv6: 0 },
};

/** A rule that takes what comes from the pods of n1 to a table of its own. */
export const podsByTable100 = parsePolicyRules(
  "0:\tfrom all lookup local\n100:\tfrom fd00:10:244:1::/64 lookup 100\n32766:\tfrom all lookup main\n",
);

const ports = { sourcePort: 40000, destinationPort: 8080 };
const connection = {
  protocol: "tcp",
  state: "SYN_SENT",
  seconds: 100,
  unreplied: true,
  original: { source: "fd00:10:244:1::11", destination: "fd00:10:244:2::11", ...ports },
  reply: {
    source: "fd00:10:244:2::11",
    destination: "fd00:10:244:1::11",
    sourcePort: ports.destinationPort,
    destinationPort: ports.sourcePort,
  },
} as const;
/** A node that tracks the dial of pod a. */
export const tracked = { devices: {}, counters: {}, tracked: [connection] };
/** One that has seen the pod answer it. */
export const replied = { ...tracked, tracked: [{ ...connection, state: "SYN_RECV", unreplied: false }] };
/** A node that tracks it, and sends it on from an address of node n1. */
export const translated = {
  ...tracked,
  tracked: [{ ...connection, reply: { ...connection.reply, destination: "2001:db8:18::101" } }],
};
