import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 2000 }] as const;
const withIPv4 = [...silent, { outcome: "ok", family: "IPv4" }] as const;

describe("route-to-peer-missing", () => {
  it("the way there is missing and the way back exists", () => {
    const here = {
      "routes node n1": seen.routes(seen.staticDefault),
      "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
      dial: { ok: false, text: "", ms: 3500, tool: "nc" },
    };
    const proven = judge("route-to-peer-missing", { dials: withIPv4, seen: here });
    assert.equal(proven.status, "proven");
    assert.equal(
      judge("route-to-peer-missing", { dials: silent, seen: here }).status,
      "possible",
      "IPv4 was not compared",
    );
    const bridge = { ...here, "routes node n2": seen.routes(seen.staticDefault, seen.allPodsOnBridge) };
    assert.equal(
      judge("route-to-peer-missing", { dials: withIPv4, seen: bridge }).status,
      "possible",
      "a prefix on the bridge of n2's own pods is no way back to n1",
    );
    const answering = { ...here, dial: { ok: false, text: "Connection refused", ms: 5, tool: "nc" } };
    assert.equal(
      judge("route-to-peer-missing", { dials: withIPv4, seen: answering }).status,
      "excluded",
      "the router knows the pods: another port of the pod answers",
    );
    assert.equal(
      judge("route-to-peer-missing", { dials: withIPv4, seen: { ...here, dial: nobody } }).status,
      "possible",
    );
    const byItself = { ...here, "dial node n1": { ok: true, text: "", ms: 5, tool: "nc" } };
    assert.equal(
      judge("route-to-peer-missing", { dials: withIPv4, seen: byItself }).status,
      "excluded",
      "the router knows the pods: what the node itself sends comes there",
    );
    assert.equal(
      judge("route-to-peer-missing", { dials: withIPv4, seen: { ...here, "dial node n1": nobody } }).status,
      "possible",
    );
    assert.match(proven.because, /node n1 has no route to fd00:10:244:2::11/);
  });

  it("nodes that never have such routes may stand in a cloud", () => {
    const here = { routes: seen.routes(seen.staticDefault) };
    assert.equal(judge("route-to-peer-missing", { dials: silent, seen: here }).status, "possible");
    const complete = { routes: seen.routes(seen.staticDefault, seen.toN1, seen.toN2) };
    assert.equal(judge("route-to-peer-missing", { dials: silent, seen: complete }).status, "excluded");
  });
});
