import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";

const lookup = (aaaa: "name-error" | "timeout" | "no-record", a: "ok" | "name-error") =>
  ({ lookups: [aaaa], lookupsA: [a] }) as const;

describe("aaaa-servfail", () => {
  it("is only named where the server gives the A record", () => {
    assert.equal(judge("aaaa-servfail", lookup("timeout", "ok")).status, "proven");
    assert.equal(judge("aaaa-servfail", lookup("timeout", "name-error")).status, "excluded");
    assert.equal(judge("aaaa-servfail", lookup("no-record", "ok")).status, "excluded", "an empty answer is right");
    assert.equal(judge("aaaa-servfail", {}).status, "unknown");
  });
});
