import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import { exampleOf } from "./example.ts";

const given = exampleOf("dns64-with-ipv4");

describe("dns64-with-ipv4", () => {
  it("notices that a pod with IPv4 is sent through the translator", () => {
    const { status, because, explains } = judge("dns64-with-ipv4", given);
    assert.deepEqual([status, explains], ["possible", []]);
    assert.match(because, /default\/a has 10\.244\.1\.11, and .* is 64:ff9b::5db8:d822, a translator's address/);
  });

  it("says nothing of a name with a real IPv6 address, nor of a pod without IPv4", () => {
    const lookups = [{ outcome: "ok", text: "2001:db8:ffff::1", name: "six.example.org" }] as const;
    assert.equal(judge("dns64-with-ipv4", { ...given, lookups }).status, "excluded");
    const { pods = [] } = exampleOf("ipv4-literal-without-ipv4");
    assert.equal(judge("dns64-with-ipv4", { ...given, pods }).status, "excluded");
  });
});
