import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseNfConntrack } from "#core/linux/nf-conntrack.ts";
import { judge } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const ours = parseNfConntrack(
  "ipv6 10 tcp 6 118 SYN_SENT src=fd00:0010:0244:0001:0000:0000:0000:0011 dst=fd00:0010:0244:0002:0000:0000:0000:0011 sport=1 dport=8080 [UNREPLIED] src=fd00:0010:0244:0002:0000:0000:0000:0011 dst=fd00:0010:0244:0001:0000:0000:0000:0011 sport=8080 dport=1 mark=0 use=1\n",
);
const node1 = (sentPackets: number, sentDropped: number) => ({
  devices: { "flannel-v6.1": { sentPackets, sentDropped, receivedPackets: 0, receivedDropped: 0 } },
  counters: {},
  tracked: ours,
});
const given = {
  dials: [
    { outcome: "timeout", ms: 3500 },
    { outcome: "ok", family: "IPv4", ms: 9 },
  ],
  seen: {
    "routes node n1": seen.routes(seen.staticDefault, seen.toN2.replace("eth0", "flannel-v6.1")),
    "transit node n1": node1(0, 3),
    "transit node n2": { devices: {}, counters: {}, tracked: [] },
    "dial pod default/a": { ok: false, text: "", ms: 3500, tool: "bash" },
    "dial node n1": { ok: false, text: "ECONNREFUSED", ms: 1, tool: "nc" },
  },
} as const;

describe("overlay-entry-missing", () => {
  it("the tunnel drops what it is given, since it knows nobody to send it to", () => {
    const { status, because } = judge("overlay-entry-missing", given);
    assert.equal(status, "proven", because);
  });
  variants("overlay-entry-missing", given, {
    "the tunnel sends": [{ "transit node n1": node1(3, 0) }, "excluded"],
    "packets travel without a tunnel": [{ "routes node n1": seen.routes(seen.staticDefault, seen.toN2) }, "excluded"],
  });
});
