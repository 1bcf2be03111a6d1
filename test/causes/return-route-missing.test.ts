import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 2000 }] as const;
const withIPv4 = [...silent, { outcome: "ok", family: "IPv4" }] as const;

describe("return-route-missing", () => {
  it("the way back is missing", () => {
    const here = {
      "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
      "routes node n2": seen.routes(seen.staticDefault),
      dial: { ok: false, text: "", ms: 3500, tool: "nc" },
    };
    const answering = { ...here, dial: { ok: false, text: "Connection refused", ms: 5, tool: "nc" } };
    assert.equal(judge("return-route-missing", { dials: withIPv4, seen: answering }).status, "excluded");
    assert.match(
      judge("return-route-missing", { dials: withIPv4, seen: here }).because,
      /node n2 has no route to fd00:10:244:1::11/,
    );
  });
});
