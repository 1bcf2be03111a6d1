import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import * as seen from "./observed.ts";

const unreachable = [{ outcome: "network-unreachable", ms: 0 }] as const;

describe("mtu-below-1280", () => {
  it("mtu-below-1280 is told from it by the interface that has no settings at all", () => {
    const { eth0: _, ...withoutEth0 } = seen.settings;
    const given = { dials: unreachable, seen: { links: { lo: 65536, eth0: 1270 }, "interface-sysctls": withoutEth0 } };
    assert.equal(judge("mtu-below-1280", given).status, "proven");
    assert.equal(judge("ipv6-disabled-on-interface", given).status, "excluded");
    const wide = { links: { lo: 65536, eth0: 1430 }, "interface-sysctls": seen.settings };
    assert.equal(judge("mtu-below-1280", { dials: unreachable, seen: wide }).status, "excluded");
  });
});
