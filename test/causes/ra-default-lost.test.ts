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
    "link-advertisements": 36,
    routes: seen.routes(),
    "routes node n2": seen.routes(seen.advertisedDefault),
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
    "they came on other interfaces, from pods or a second network": [{ "link-advertisements": 0 }, "excluded"],
    "which interface heard them is not shown": [{ "link-advertisements": nobody }, "unknown"],
    "no other node has a default route from it: its lifetime may be 0": [
      { "routes node n2": seen.routes(seen.toN1) },
      "possible",
    ],
    "nothing was ever advertised": [{ counters: seen.counters() }, "excluded"],
    "nobody may look": [{ routes: nobody }, "unknown"],
  });
});

describe("a default route that no advertisement renews any more", () => {
  const settings = (accept_ra: number, forwarding: number) => ({
    "interface-sysctls": { all: { accept_ra: 1, forwarding: 1 }, eth0: { accept_ra, forwarding } },
  });
  const given = {
    dials: [{ outcome: "ok", scope: "outside" }],
    seen: { "routes node n1": seen.routes(seen.advertisedDefault), ...settings(1, 1) },
  } as const;

  it("is noticed, and explains nothing", () => {
    const { status, because, explains } = judge("ra-default-lost", given);
    assert.deepEqual([status, explains], ["possible", []], because);
    assert.match(because, /accept_ra of eth0 is 1, so that no advertisement renews the route/);
  });

  it("is that of accept-ra-refused where accept_ra is 0", () => {
    const refusing = { ...given, seen: { ...given.seen, ...settings(0, 1) } };
    assert.deepEqual(judge("accept-ra-refused", refusing).explains, []);
    assert.equal(judge("ra-default-lost", refusing).explains, undefined);
  });

  variants("ra-default-lost", given, {
    "accept_ra is 2": [settings(2, 1), "excluded"],
    "the interface itself does not forward": [settings(1, 0), "excluded"],
    "somebody in user space made the route, and renews it": [
      { "routes node n1": seen.routes(seen.advertisedDefault.replace("00450003", "00400003")) },
      "excluded",
    ],
    "another default route stays": [
      { "routes node n1": seen.routes(seen.advertisedDefault, seen.staticDefault) },
      "excluded",
    ],
  });
});
