import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 2000 }] as const;

describe("forwarding-off", () => {
  it("proven by the counter that rises while dialling", () => {
    const here = { forwarding: 0, "interface-sysctls": seen.settings, counters: seen.counters({ Ip6InAddrErrors: 5 }) };
    const proven = judge("forwarding-off", { dials: silent, seen: here });
    assert.equal(proven.status, "proven");
    assert.match(proven.because, /node n1, and Ip6InAddrErrors rose by 5/);
    assert.equal(
      judge("forwarding-off", { dials: silent, seen: { ...here, counters: seen.counters() } }).status,
      "possible",
    );
    assert.equal(judge("forwarding-off", { dials: [{ outcome: "ok" }], seen: here }).status, "excluded");
  });

  it("force_forwarding of one interface forwards all the same", () => {
    const forced = { ...seen.settings, eth0: { force_forwarding: 1 } };
    const here = { forwarding: 0, "interface-sysctls": forced, counters: seen.counters({ Ip6InAddrErrors: 5 }) };
    assert.equal(judge("forwarding-off", { dials: silent, seen: here }).status, "excluded");
  });

  it("on the destination's node, by what it drops while it is dialled once more", () => {
    const here = {
      "forwarding node n1": 1,
      "forwarding node n2": 0,
      "interface-sysctls": seen.settings,
      counters: seen.counters({ Ip6InAddrErrors: 2 }),
      dial: { ok: false, ms: 500, tool: "bash", text: "" },
    };
    assert.match(
      judge("forwarding-off", { dials: silent, seen: here }).because,
      /node n2, and Ip6InAddrErrors rose by 2/,
    );
    const since = { ...here, counters: seen.counters({}, { Ip6InAddrErrors: 40 }) };
    assert.equal(
      judge("forwarding-off", { dials: silent, seen: since }).status,
      "possible",
      "what died before is not ours",
    );
    assert.equal(judge("forwarding-off", { dials: silent, seen: { ...here, dial: nobody } }).status, "possible");
    const passed = { ...here, counters: seen.counters({ Ip6InAddrErrors: 2, Ip6OutForwDatagrams: 3 }) };
    assert.equal(judge("forwarding-off", { dials: silent, seen: passed }).status, "possible", "somebody forwards");
  });
});
