import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseNfConntrack } from "#core/linux/nf-conntrack.ts";
import { judge } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 3500 }] as const;
const link = (sent: number, received = 0, sentDropped = 0) => ({
  sentPackets: sent,
  receivedPackets: received,
  sentDropped,
  receivedDropped: 0,
});
const long = (address: string) => `src=${address}`;
/** The connection of pod a to pod b, in a state. */
const ours = (state: string) =>
  `ipv6 10 tcp 6 118 ${state} ${long("fd00:0010:0244:0001:0000:0000:0000:0011")} dst=fd00:0010:0244:0002:0000:0000:0000:0011 sport=1 dport=8080 [UNREPLIED] src=fd00:0010:0244:0002:0000:0000:0000:0011 dst=fd00:0010:0244:0001:0000:0000:0000:0011 sport=8080 dport=1 mark=0 use=1\n`;
/** Node n1's own connection to node n2. */
const control =
  "ipv6 10 tcp 6 9 CLOSE src=2001:0db8:0018:0000:0000:0000:0000:0101 dst=2001:0db8:0018:0000:0000:0000:0000:0102 sport=2 dport=10250 src=2001:0db8:0018:0000:0000:0000:0000:0102 dst=2001:0db8:0018:0000:0000:0000:0000:0101 sport=10250 dport=2 mark=0 use=1\n";
const tracked = (...lines: string[]) => parseNfConntrack(lines.join(""));
const dials = {
  "dial pod default/a": { ok: false, text: "", ms: 3500, tool: "bash" },
  "dial node n1": { ok: false, text: "ECONNREFUSED", ms: 1, tool: "nc" },
};
const throughTunnel = seen.routes(
  seen.staticDefault,
  seen.toN2
    .replace("20010db8001800000000000000000102", "fd000010024400020000000000000000")
    .replace("eth0", "flannel-v6.1"),
);
const noDrops = seen.harmlessRules;

describe("underlay-filters-pods", () => {
  const tunnel = {
    ...dials,
    "routes node n1": throughTunnel,
    "transit node n1": { devices: { "flannel-v6.1": link(3) }, counters: {}, tracked: tracked(ours("SYN_SENT")) },
    "transit node n2": { devices: { eth0: link(5, 9) }, counters: {}, tracked: tracked(control) },
  };
  const routed = { ...tunnel, "routes node n1": seen.routes(seen.staticDefault, seen.toN2), ip6tables: noDrops };

  it("the other node sees the node's own connection, and never the pod's", () => {
    const { status, because } = judge("underlay-filters-pods", { dials: silent, seen: routed });
    assert.equal(status, "proven", because);
    assert.match(because, /node n2 tracks what comes from 2001:db8:18::101, and no connection from the pod/);
  });

  it("what the other node may have dropped itself is no proof", () => {
    const dropping = seen.rules(
      "*raw\n:PREROUTING ACCEPT [0:0]\n[4:320] -A PREROUTING -s fd00:10:244:1::/64 -j DROP\nCOMMIT\n",
    );
    const forwarded = { ...routed["transit node n2"], counters: { Ip6InAddrErrors: 3 } };
    for (const here of [
      { ip6tables: dropping },
      { "transit node n2": forwarded },
      { "transit node n1": { devices: {}, counters: {} } },
    ])
      assert.notEqual(judge("underlay-filters-pods", { dials: silent, seen: { ...routed, ...here } }).status, "proven");
  });
});
