import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = {
  dials: [{ outcome: "network-unreachable", scope: "outside", ms: 1000 }],
  seen: {
    forwarding: 1,
    "interface-sysctls": { eth0: { accept_ra: 1 } },
    addresses: seen.nodeAddresses,
    counters: seen.counters({}, { Icmp6InRouterAdvertisements: 0 }),
    routes: seen.routes(),
  },
} as const;

describe("node-without-default-route", () => {
  it("no route leads out, and nobody advertises one", () =>
    assert.equal(judge("node-without-default-route", given).status, "proven"));
  variants("node-without-default-route", given, {
    "routers advertise": [
      { counters: seen.counters({}, { Icmp6InRouterAdvertisements: 36 }), "link-advertisements": 36 },
      "excluded",
    ],
    "somebody advertises on another interface": [
      { counters: seen.counters({}, { Icmp6InRouterAdvertisements: 36 }), "link-advertisements": 0 },
      "proven",
    ],
    "a default route is there": [{ routes: seen.routes(seen.staticDefault) }, "excluded"],
    "a route leads there all the same, such as 2000::/3, and a router says no": [
      {
        routes: seen.routes(seen.staticDefault.replace(/^.{32} 00/, "20000000000000000000000000000000 03")),
        dial: { ok: false, text: "Network is unreachable", ms: 1020, tool: "nc" },
      },
      "excluded",
    ],
    "nobody may look": [{ routes: nobody }, "unknown"],
  });
});
