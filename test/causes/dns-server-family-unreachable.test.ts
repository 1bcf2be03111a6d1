import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { b, judge } from "./case.ts";

describe("dns-server-family-unreachable", () => {
  it("an IPv6-only pod with an IPv4 nameserver", () => {
    const six = { ...b, status: { phase: "Running", podIPs: [{ ip: "fd00:10:244:1::11" }] } };
    const four = { resolver: { nameservers: ["10.96.0.10"], search: [], options: [] } };
    const refuses = (text: string, ms = 0) => ({ ...four, dial: { ok: false, ms, tool: "bash", text } });
    const verdict = (more: Record<string, unknown>) =>
      judge("dns-server-family-unreachable", { pods: [six], seen: more }).status;
    assert.equal(verdict(refuses("Network is unreachable")), "proven");
    assert.equal(verdict(four), "possible", "nobody tried");
    assert.equal(verdict(refuses("", 2000)), "possible", "it is sent, whatever becomes of it");
    assert.equal(
      verdict({ ...four, dial: { ok: true, ms: 1, tool: "bash", text: "" } }),
      "excluded",
      "a second interface",
    );
    assert.equal(
      judge("dns-server-family-unreachable", { seen: four }).status,
      "excluded",
      "a dual-stack pod reaches it",
    );
  });
});
