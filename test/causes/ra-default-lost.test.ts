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
    counters: seen.counters({}, { Icmp6InRouterAdvertisements: 36 }),
    routes: seen.routes(),
  },
} as const;

describe("ra-default-lost", () => {
  it("a node that forwards drops what routers say, unless it is told to hear them", () =>
    assert.equal(judge("ra-default-lost", given).status, "proven"));
  variants("ra-default-lost", given, {
    "the node hears routers although it forwards": [
      { "interface-sysctls": { eth0: { accept_ra: 2 } }, routes: seen.routes(seen.advertisedDefault) },
      "excluded",
    ],
    "nothing was ever advertised": [{ counters: seen.counters() }, "excluded"],
    "nobody may look": [{ routes: nobody }, "unknown"],
  });
});
