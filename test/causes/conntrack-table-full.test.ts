import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseNfConntrack } from "#core/linux/nf-conntrack.ts";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = exampleOf("conntrack-table-full");
const pod = "fd00:0010:0244:0001:0000:0000:0000:0011";
const target = "fd00:0010:0244:0002:0000:0000:0000:0011";
const tracked = parseNfConntrack(
  `ipv6 10 tcp 6 118 SYN_SENT src=${pod} dst=${target} sport=1 dport=8080 [UNREPLIED] src=${target} dst=${pod} sport=8080 dport=1 mark=0 use=1\n`,
);
const tables = (connections: object) => ({ "kernel-tables": { connections } });

describe("conntrack-table-full", () => {
  it("is proven where new connections are dropped while ours is lost, and ours is not among the tracked", () => {
    const { status, because, family } = judge("conntrack-table-full", given);
    assert.equal(status, "proven", because);
    assert.equal(family, "both");
    assert.match(because, /node n1 tracks 65536 of 65536 connections, .* 3 of them while we dialled/);
  });

  it("is noticed where nothing fails yet", () => {
    const { status, explains } = judge("conntrack-table-full", { ...given, dials: [{ outcome: "ok" }] });
    assert.deepEqual([status, explains], ["possible", []]);
  });

  variants("conntrack-table-full", given, {
    "there is room": [tables({ entries: 900, limit: 65_536, refused: 0, moved: 0 }), "excluded"],
    "it drops nothing while we dial": [tables({ entries: 65_000, limit: 65_536, refused: 9, moved: 0 }), "possible"],
    "the node tracks our connection": [{ transit: { devices: {}, counters: {}, tracked } }, "excluded"],
    "a rule drops them before they are entered": [
      {
        ip6tables: {
          policies: [{ table: "filter", chain: "FORWARD", policy: "DROP", packets: 9, moved: 9 }],
          rules: [],
        },
      },
      "unknown",
    ],
    "a rule keeps them out of what is tracked": [
      { ip6tables: seen.rules("*raw\n[3:240] -A PREROUTING -s fd00:10:244::/48 -j CT --notrack\nCOMMIT\n") },
      "possible",
    ],
    "a route takes them before they are entered": [
      { "routes node n1": seen.routes(seen.staticDefault, seen.blackholeN2) },
      "unknown",
    ],
    "a rule takes them to another routing table": [{ "policy-rules": seen.podsByTable100 }, "possible"],
    "the node does not forward": [{ forwarding: 0 }, "unknown"],
    "its rules cannot be read": [{ ip6tables: nobody }, "possible"],
    "the kernel does not show what is tracked": [{ transit: { devices: {}, counters: {} } }, "possible"],
    "nobody may look": [{ "kernel-tables": nobody }, "unknown"],
  });
});
