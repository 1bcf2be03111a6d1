import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";

describe("listener-ipv4-only", () => {
  it("refused at once, and the port is bound to IPv4", () => {
    const listeners = [{ family: "IPv4", address: "0.0.0.0", port: 8080 }];
    const refused = [{ outcome: "refused", ms: 10 }] as const;
    assert.equal(judge("listener-ipv4-only", { dials: refused, seen: { listeners } }).status, "proven");
    const both = [{ family: "IPv6", address: "::", port: 8080 }];
    assert.equal(judge("listener-ipv4-only", { dials: refused, seen: { listeners: both } }).status, "excluded");
    assert.equal(judge("listener-ipv4-only", { dials: refused, seen: { listeners: [] } }).status, "excluded");
    const rejected = [{ outcome: "refused", ms: 1000 }] as const;
    assert.equal(judge("listener-ipv4-only", { dials: rejected }).status, "excluded", "a REJECT comes a second later");
  });

  it("bound to loopback alone it is another cause", () => {
    const listeners = [{ family: "IPv6", address: "::1", port: 8080 }];
    const given = { dials: [{ outcome: "refused" }], seen: { listeners } } as const;
    assert.equal(judge("listener-ipv4-only", given).status, "excluded");
    assert.equal(judge("listener-loopback-only", given).status, "proven");
  });

  it("a busy container takes as long for IPv4, and every deaf pod is named", () => {
    const listeners = [{ family: "IPv4", address: "0.0.0.0", port: 8080 }];
    const slow = [
      { outcome: "refused", ms: 900 },
      { outcome: "ok", family: "IPv4", ms: 880 },
    ] as const;
    assert.equal(judge("listener-ipv4-only", { dials: slow, seen: { listeners } }).status, "proven");
    const both = [
      { outcome: "refused", ms: 5 },
      { outcome: "refused", family: "IPv4", ms: 5 },
    ] as const;
    assert.equal(
      judge("listener-ipv4-only", { dials: both, seen: { listeners } }).status,
      "possible",
      "IPv4 is refused too",
    );
  });
});
