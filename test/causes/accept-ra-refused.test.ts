import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = {
  dials: [{ outcome: "network-unreachable", scope: "outside", ms: 1000 }],
  seen: {
    forwarding: 1,
    "interface-sysctls": { eth0: { accept_ra: 0 } },
    addresses: seen.nodeAddresses,
    counters: seen.counters({}, { Icmp6InRouterAdvertisements: 36 }),
    "link-advertisements": 36,
    routes: seen.routes(),
    "routes node n2": seen.routes(seen.advertisedDefault),
  },
} as const;

describe("accept-ra-refused", () => {
  it("routers advertise, and the interface is set to hear none", () =>
    assert.equal(judge("accept-ra-refused", given).status, "proven"));
  variants("accept-ra-refused", given, {
    "the interface hears them unless it forwards": [{ "interface-sysctls": { eth0: { accept_ra: 1 } } }, "excluded"],
    "a default route is there": [{ routes: seen.routes(seen.staticDefault) }, "excluded"],
    "nobody knows which interface is its uplink": [{ addresses: [] }, "unknown"],
    "no other node has a default route from it: its lifetime may be 0": [
      { "routes node n2": seen.routes(seen.toN1) },
      "possible",
    ],
    "nobody may look": [{ routes: nobody }, "unknown"],
  });
});
