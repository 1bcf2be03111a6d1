import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { absent, gone, judge, nobody } from "./case.ts";

describe("kernel-without-ipv6", () => {
  it("the file that lists addresses does not exist", () => {
    const here = { addresses: absent, listeners: [] };
    const dials = [{ outcome: "no-family" }] as const;
    const proven = judge("kernel-without-ipv6", { dials, seen: here });
    assert.equal(proven.status, "proven");
    assert.deepEqual(proven.explains, ["IPv6 other-node"]);
    assert.equal(judge("kernel-without-ipv6", { seen: { addresses: [] } }).status, "excluded");
    assert.equal(judge("kernel-without-ipv6", { dials, seen: { ...here, listeners: gone } }).status, "possible");
    const other = [{ outcome: "timeout" }] as const;
    assert.equal(judge("kernel-without-ipv6", { dials: other, seen: here }).status, "possible", "nothing died of it");
    assert.equal(
      judge("kernel-without-ipv6", { dials, seen: { addresses: gone } }).status,
      "unknown",
      "a pod that is gone",
    );
    const forbidden = judge("kernel-without-ipv6", { seen: { addresses: nobody } });
    assert.equal(forbidden.status, "unknown", "not being allowed to look proves nothing");
    assert.match(forbidden.because, /exec is forbidden/);
  });
});
