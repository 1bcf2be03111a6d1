import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = {
  dials: [
    { outcome: "network-unreachable", scope: "outside", ms: 300 },
    { outcome: "ok", family: "IPv4", ms: 9 },
  ],
  seen: {
    routes: seen.routes(seen.toN2),
    "routes node n2": seen.routes(seen.advertisedDefault),
    forwarding: 1,
    "interface-sysctls": { all: { accept_ra: 2 }, eth0: { accept_ra: 1 } },
    addresses: seen.nodeAddresses,
    counters: seen.counters({}, { Icmp6InRouterAdvertisements: 9 }),
    "link-advertisements": 9,
    "dial node n1": { ok: false, text: "Network is unreachable", ms: 0, tool: "nc" },
  },
} as const;

describe("accept-ra-on-all-only", () => {
  it("what `all` says, the kernel does not read", () => {
    const { status, because } = judge("accept-ra-on-all-only", given);
    assert.equal(status, "proven", because);
  });
  variants("accept-ra-on-all-only", given, {
    "`all` does not say it either": [
      { "interface-sysctls": { all: { accept_ra: 1 }, eth0: { accept_ra: 1 } } },
      "excluded",
    ],
    "the interface says it too, and the route is there": [
      {
        "interface-sysctls": { all: { accept_ra: 2 }, eth0: { accept_ra: 2 } },
        routes: seen.routes(seen.advertisedDefault),
      },
      "excluded",
    ],
    "no other node has a default route from it: its lifetime may be 0": [
      { "routes node n2": seen.routes(seen.toN1) },
      "possible",
    ],
    "nobody may look": [{ routes: nobody }, "unknown"],
  });
});
