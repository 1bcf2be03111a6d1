import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { b, judge, n1, n2, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("insists-on-ipv6-socket");
const says = (...found: string[]) => ({ "log-words": { lines: 9, found } });

describe("insists-on-ipv6-socket", () => {
  it("is proven by the last word of a program that does not run", () => {
    const { status, because, family, explains } = judge("insists-on-ipv6-socket", given);
    assert.deepEqual([status, family, explains?.length], ["proven", "both", 2], because);
    assert.match(because, /pod default\/b says "socket\(\) \[::\]:80 failed \(97: Address family/);
    assert.equal(judge("literal-without-brackets", given).status, "excluded");
  });

  it("is only possible where the node lists an IPv6 address", () => {
    const { status, missing } = judge("insists-on-ipv6-socket", { ...given, nodes: [n1, n2] });
    assert.deepEqual(
      [status, missing],
      ["possible", "that the kernel has no IPv6, although node n2 lists 2001:db8:18::102"],
    );
  });

  it("says nothing of a pod that runs", () => {
    const { dead: _, ...running } = given;
    assert.equal(judge("insists-on-ipv6-socket", { ...running, dials: [{ outcome: "ok" }] }).status, "excluded");
  });

  variants("insists-on-ipv6-socket", given, {
    "the pod has an IPv6 address, so that its kernel has IPv6": [{ pod: b }, "possible"],
    "it may be a socket of any family": [says("Address family not supported by protocol"), "possible"],
    "it went on, and something else came last": [
      says("Address family not supported by protocol", "too many colons in address"),
      "possible",
    ],
    "it says nothing of families": [says(), "excluded"],
    "its log may not be read": [{ "log-words": nobody }, "unknown"],
  });
});
