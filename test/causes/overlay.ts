import { parseNfConntrack } from "#core/linux/nf-conntrack.ts";
import * as seen from "./observed.ts";

export const silent = [{ outcome: "timeout", ms: 3500 }] as const;
export const link = (sent: number, received = 0, sentDropped = 0) => ({
  sentPackets: sent,
  receivedPackets: received,
  sentDropped,
  receivedDropped: 0,
});
const long = (address: string) => `src=${address}`;
/** The connection of pod a to pod b, in a state. */
export const ours = (state: string) =>
  `ipv6 10 tcp 6 118 ${state} ${long("fd00:0010:0244:0001:0000:0000:0000:0011")} dst=fd00:0010:0244:0002:0000:0000:0000:0011 sport=1 dport=8080 [UNREPLIED] src=fd00:0010:0244:0002:0000:0000:0000:0011 dst=fd00:0010:0244:0001:0000:0000:0000:0011 sport=8080 dport=1 mark=0 use=1\n`;
/** Node n1's own connection to node n2. */
export const control =
  "ipv6 10 tcp 6 9 CLOSE src=2001:0db8:0018:0000:0000:0000:0000:0101 dst=2001:0db8:0018:0000:0000:0000:0000:0102 sport=2 dport=10250 src=2001:0db8:0018:0000:0000:0000:0000:0102 dst=2001:0db8:0018:0000:0000:0000:0000:0101 sport=10250 dport=2 mark=0 use=1\n";
export const tracked = (...lines: string[]) => parseNfConntrack(lines.join(""));
export const dials = {
  "dial pod default/a": { ok: false, text: "", ms: 3500, tool: "bash" },
  "dial node n1": { ok: false, text: "ECONNREFUSED", ms: 1, tool: "nc" },
};
const throughTunnel = seen.routes(
  seen.staticDefault,
  seen.toN2
    .replace("20010db8001800000000000000000102", "fd000010024400020000000000000000")
    .replace("eth0", "flannel-v6.1"),
);

/** Pod a's packets go into flannel's tunnel on node n1; node n2 sees none of them, and answers node n1 itself. */
export const tunnel = {
  ...dials,
  "routes node n1": throughTunnel,
  "transit node n1": { devices: { "flannel-v6.1": link(3) }, counters: {}, tracked: tracked(ours("SYN_SENT")) },
  "transit node n2": { devices: { eth0: link(5, 9) }, counters: {}, tracked: tracked(control) },
  "udp-ports node n2": [8472],
  "ip6tables node n2": seen.harmlessRules,
  "nft-fate node n2": [{ translated: [] }],
};

const long18 = (host: string) => `2001:0db8:0018:0000:0000:0000:0000:${host}`;
/** What flannel's tunnel on node n1 sends to an address between the nodes, "0103". */
export const wrapped = (host: string) =>
  `ipv6 10 udp 17 28 src=${long18("0101")} dst=${long18(host)} sport=40001 dport=8472 [UNREPLIED] src=${long18(host)} dst=${long18("0101")} sport=8472 dport=40001 mark=0 use=1\n`;
