import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import * as seen from "./observed.ts";

const unreachable = [{ outcome: "network-unreachable", ms: 0 }] as const;

describe("ipv6-disabled-on-interface", () => {
  it("the interface's own setting, not that of `all`", () => {
    const off = { ...seen.settings, eth0: { disable_ipv6: 1 } };
    const given = { dials: unreachable, seen: { "interface-sysctls": off, addresses: [] } };
    assert.equal(judge("ipv6-disabled-on-interface", given).status, "proven");
    const second = { ...seen.settings, eth0: { disable_ipv6: 0 }, net1: { disable_ipv6: 1 } };
    const lost = { dials: unreachable, seen: { "interface-sysctls": second, addresses: seen.linkLocalOnly } };
    assert.equal(judge("ipv6-disabled-on-interface", lost).status, "possible", "eth0 may have lost the address");
    assert.equal(judge("podip-not-on-interface", lost).status, "proven");
    const all = { ...seen.settings, all: { disable_ipv6: 1 } };
    assert.equal(judge("ipv6-disabled-on-interface", { seen: { "interface-sysctls": all } }).status, "excluded");
  });

  it("of a node, unless another of its cards has IPv6: that may have had the address", () => {
    const verdict = (settings: object) =>
      judge("ipv6-disabled-on-interface", {
        dials: [{ outcome: "timeout", ms: 3500 }],
        seen: {
          "interface-sysctls pod default/a": seen.settings,
          "interface-sysctls pod default/b": seen.settings,
          "interface-sysctls node n1": settings,
          "addresses node n1": [],
          "interface-sysctls node n2": seen.settings,
          "addresses node n2": [],
        },
      }).status;
    assert.equal(verdict({ eth0: { disable_ipv6: 1 } }), "proven");
    assert.equal(verdict({ eth0: { disable_ipv6: 0 }, eth1: { disable_ipv6: 1 } }), "excluded");
  });
});
