import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 2000 }] as const;
const withIPv4 = [...silent, { outcome: "ok", family: "IPv4" }] as const;

describe("return-route-missing", () => {
  it("the way back is missing", () => {
    const here = {
      "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
      "routes node n2": seen.routes(seen.staticDefault),
      dial: { ok: false, text: "", ms: 3500, tool: "nc" },
      transit: seen.replied,
    };
    const verdict = (more: object = {}) =>
      judge("return-route-missing", { dials: withIPv4, seen: { ...here, ...more } });
    const { status, because } = verdict();
    assert.equal(status, "proven", because);
    assert.match(because, /node n2 has no route to fd00:10:244:1::11/);
    const refused = { ok: false, text: "Connection refused", ms: 5, tool: "nc" };
    assert.equal(verdict({ dial: refused }).status, "excluded");
    assert.equal(verdict({ transit: seen.tracked }).status, "excluded", "the pod itself does not answer");
    assert.equal(verdict({ transit: nobody }).status, "possible", "nobody saw the answer come to the node");
  });
});
