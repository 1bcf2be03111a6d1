import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import { exampleOf } from "./example.ts";

const given = exampleOf("ipv4-literal-without-ipv4");
const [dial] = given.dials ?? [];

describe("ipv4-literal-without-ipv4", () => {
  it("is proven by the pod's own kernel, and is about IPv4", () => {
    const { status, because, family } = judge("ipv4-literal-without-ipv4", given);
    assert.deepEqual([status, family], ["proven", "IPv4"], because);
    assert.match(because, /default\/a has fd00:10:244:1::11 only, and 93\.184\.216\.34 is dialled/);
  });

  it("advises the name where CoreDNS makes addresses up", () => {
    const dns64 = { metadata: { name: "coredns" }, data: { Corefile: ".:53 {\n  dns64\n}\n" } };
    const { fix } = judge("ipv4-literal-without-ipv4", { ...given, seen: { "config-map coredns": dns64 } });
    assert.match(fix ?? "", /an address of 64:ff9b::\/96/);
  });

  it("is only possible where somebody on the way answered: the pod can speak IPv4 then", () => {
    const late = [{ ...dial, outcome: "network-unreachable", ms: 1040 }] as typeof given.dials;
    assert.equal(judge("ipv4-literal-without-ipv4", { ...given, dials: late ?? [] }).status, "possible");
  });

  it("is not where the pod has IPv4, or the dial works", () => {
    assert.equal(judge("ipv4-literal-without-ipv4", { dials: given.dials ?? [], seen: {} }).status, "excluded");
    const works = [{ ...dial, outcome: "ok" }] as typeof given.dials;
    assert.equal(judge("ipv4-literal-without-ipv4", { ...given, dials: works ?? [] }).status, "excluded");
  });
});
