import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = exampleOf("no-ipv6-loopback");

describe("no-ipv6-loopback", () => {
  it("is proven by a dial of ::1 that has nowhere to go", () => {
    const { status, because } = judge("no-ipv6-loopback", given);
    assert.equal(status, "proven", because);
    assert.match(because, /default\/a has no ::1 on any interface/);
  });

  it("is noticed where nobody dialled ::1", () => {
    const { status, explains } = judge("no-ipv6-loopback", { ...given, dials: [{ outcome: "ok" }] });
    assert.deepEqual([status, explains], ["possible", []]);
  });

  variants("no-ipv6-loopback", given, {
    "::1 is there": [{ "addresses pod default/a": seen.podAddresses }, "excluded"],
    "localhost is 127.0.0.1 alone": [{ hosts: [{ address: "127.0.0.1", names: ["localhost"] }] }, "excluded"],
    "IPv6 is off altogether": [{ "addresses pod default/a": [] }, "unknown"],
    "nobody may look": [{ "addresses pod default/a": nobody }, "unknown"],
  });
});
