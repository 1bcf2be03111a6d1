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

describe("overlay-port-blocked", () => {
  const tunnel = {
    ...dials,
    "routes node n1": throughTunnel,
    "transit node n1": { devices: { "flannel-v6.1": link(3) }, counters: {}, tracked: tracked(ours("SYN_SENT")) },
    "transit node n2": { devices: { eth0: link(5, 9) }, counters: {}, tracked: tracked(control) },
  };

  it("the pod's own connection left by the tunnel, nothing came, and the nodes reach each other", () => {
    const { status, because, fix } = judge("overlay-port-blocked", { dials: silent, seen: tunnel });
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /passed the connection of the pod on by flannel-v6\.1.*of node n2 received nothing.*reaches 2001:db8:18::102/,
    );
    assert.match(fix ?? "", /UDP 8472 over IPv6 between 2001:db8:18::101 and 2001:db8:18::102/);
  });

  const lookalikes: Record<string, object> = {
    "connections are not shown": { "transit node n1": { devices: { "flannel-v6.1": link(3) }, counters: {} } },
    "the nodes do not reach each other either": { "dial node n1": { ok: false, text: "", ms: 3500, tool: "nc" } },
  };

  for (const [what, here] of Object.entries(lookalikes))
    it(`is only possible where ${what}`, () =>
      assert.equal(judge("overlay-port-blocked", { dials: silent, seen: { ...tunnel, ...here } }).status, "possible"));

  const others: Record<string, object> = {
    "somebody else's packets moved the counter": {
      "transit node n1": { devices: { "flannel-v6.1": link(3) }, counters: {}, tracked: [] },
    },
    "the tunnel of the other node received something": {
      "transit node n2": { devices: { "flannel-v6.1": link(0, 2) }, counters: {}, tracked: tracked(control) },
    },
    "the other node passed it on": {
      "transit node n2": { devices: {}, counters: {}, tracked: tracked(control, ours("SYN_SENT")) },
    },
    "the tunnel did not send it": {
      "transit node n1": {
        devices: { "flannel-v6.1": link(0, 0, 3) },
        counters: {},
        tracked: tracked(ours("SYN_SENT")),
      },
    },
    "it only tracks what closed long ago": {
      "transit node n1": { devices: {}, counters: {}, tracked: tracked(ours("TIME_WAIT")) },
    },
    "packets travel without a tunnel": { "routes node n1": seen.routes(seen.staticDefault, seen.toN2) },
  };

  for (const [what, here] of Object.entries(others))
    it(`is not it where ${what}`, () => {
      const { status, because } = judge("overlay-port-blocked", { dials: silent, seen: { ...tunnel, ...here } });
      assert.ok(status === "excluded" || status === "unknown", because);
    });
});
