import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";

const denied = { outcome: "name-error", text: "NXDOMAIN" } as const;

describe("aaaa-nxdomain", () => {
  it("is only named where the server gives the A record, and denies the name itself", () => {
    assert.equal(judge("aaaa-nxdomain", { lookups: [denied], lookupsA: ["ok"] }).status, "proven");
    assert.equal(judge("aaaa-nxdomain", { lookups: [denied], lookupsA: [denied] }).status, "excluded");
    assert.equal(judge("aaaa-nxdomain", { lookups: ["timeout"], lookupsA: ["ok"] }).status, "excluded");
  });
});
