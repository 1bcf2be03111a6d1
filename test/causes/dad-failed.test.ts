import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import * as seen from "./observed.ts";

describe("dad-failed", () => {
  it("the flag dadfailed, not a check that still runs", () => {
    const given = { dials: [{ outcome: "host-unreachable", ms: 1000 }], seen: { addresses: seen.duplicate } } as const;
    assert.equal(judge("dad-failed", given).status, "proven");
    const running = seen.duplicate.map((address) => ({ ...address, dadFailed: false }));
    assert.equal(judge("dad-failed", { ...given, seen: { addresses: running } }).status, "excluded");
  });
});
