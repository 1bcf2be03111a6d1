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
    const all = { ...seen.settings, all: { disable_ipv6: 1 } };
    assert.equal(judge("ipv6-disabled-on-interface", { seen: { "interface-sysctls": all } }).status, "excluded");
  });
});
