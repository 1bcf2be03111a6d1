import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";

const lookup = (aaaa: "name-error" | "timeout" | "no-record", a: "ok" | "name-error") =>
  ({ lookups: [aaaa], lookupsA: [a] }) as const;

const silent = { ms: 1500, transport: "IPv4", text: "" };
const given = { ...silent, ms: 10, answer: { status: "NOERROR", addresses: ["192.0.2.1"] } };
const forwarding = (...to: string[]) => ({ data: { Corefile: `.:53 {\n  forward . ${to.join(" ")}\n}\n` } });
const always = {
  "lookup AAAA": silent,
  "lookup A": given,
  "config-map coredns": forwarding("192.0.2.53"),
  "service kube-dns": { spec: { clusterIPs: ["10.96.0.10"] } },
};

describe("aaaa-servfail", () => {
  it("is only named where the server gives the A record", () => {
    assert.equal(judge("aaaa-servfail", { ...lookup("timeout", "ok"), seen: always }).status, "proven");
    const failing = {
      lookups: [{ outcome: "name-error", text: "SERVFAIL, no AAAA record" }],
      lookupsA: ["ok"],
    } as const;
    const fails = { ...silent, answer: { status: "SERVFAIL", addresses: [] } };
    const failed = { ...always, "lookup AAAA": fails };
    assert.equal(judge("aaaa-servfail", { ...failing, seen: failed }).status, "proven");
    assert.equal(judge("aaaa-servfail", { ...failing, seen: always }).status, "possible", "another time it is silent");
    const two = forwarding("192.0.2.53", "192.0.2.54");
    assert.equal(
      judge("aaaa-servfail", { ...failing, seen: { ...failed, "config-map coredns": two } }).status,
      "possible",
      "one of two resolvers may fail",
    );
    assert.equal(judge("aaaa-servfail", lookup("timeout", "name-error")).status, "excluded");
    assert.equal(judge("aaaa-servfail", lookup("no-record", "ok")).status, "excluded", "an empty answer is right");
    assert.equal(judge("aaaa-servfail", {}).status, "unknown");
  });

  for (const [what, seen] of [
    [
      "AAAA is answered once it is asked again",
      { ...always, "lookup AAAA": { ...given, answer: { status: "NOERROR", addresses: [] } } },
    ],
    ["A is lost as well once it is asked again", { ...always, "lookup A": silent }],
    ["the container was too busy to ask", { ...always, "lookup AAAA": { ...silent, starved: 1400 } }],
    ["nobody may look", { lookup: nobody }],
  ] as const)
    it(`is only possible where silence may be chance: ${what}`, () => {
      const { status, missing } = judge("aaaa-servfail", { ...lookup("timeout", "ok"), seen });
      assert.equal(status, "possible");
      assert.match(missing ?? "", /a datagram is lost/);
    });
});
