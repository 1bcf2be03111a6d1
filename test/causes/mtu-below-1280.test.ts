import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import * as seen from "./observed.ts";

const unreachable = [{ outcome: "network-unreachable", ms: 0 }] as const;

describe("mtu-below-1280", () => {
  it("mtu-below-1280 is told from it by the interface that has no settings at all", () => {
    const { eth0: _, ...withoutEth0 } = seen.settings;
    const small = { links: { lo: 65536, eth0: 1270 }, "interface-sysctls": withoutEth0, addresses: [] };
    const given = { dials: unreachable, seen: small };
    assert.equal(judge("mtu-below-1280", given).status, "proven");
    assert.equal(judge("ipv6-disabled-on-interface", given).status, "excluded");
    const wide = { links: { lo: 65536, eth0: 1430 }, "interface-sysctls": seen.settings };
    assert.equal(judge("mtu-below-1280", { dials: unreachable, seen: wide }).status, "excluded");
  });

  it("proves nothing of an interface that is not the pod's own", () => {
    const links = { lo: 65536, eth0: 1430, net1: 1200 };
    const settings = { links, "interface-sysctls": seen.settings };
    const inB = seen.podAddresses.map((one) => ({ ...one, address: one.address.replace("244:1::11", "244:2::11") }));
    const addresses = { "addresses pod default/a": seen.podAddresses, "addresses pod default/b": inB };
    const beside = { dials: unreachable, seen: { ...settings, ...addresses } };
    assert.equal(judge("mtu-below-1280", beside).status, "excluded");
    const lost = { dials: unreachable, seen: { ...settings, addresses: [] } };
    const { status, missing } = judge("mtu-below-1280", lost);
    assert.equal(status, "possible");
    assert.match(missing ?? "", /belongs on net1, and not on eth0/);
  });
});
