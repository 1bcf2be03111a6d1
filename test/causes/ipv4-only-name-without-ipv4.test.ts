import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("ipv4-only-name-without-ipv4");

describe("ipv4-only-name-without-ipv4", () => {
  it("is proven by an A record beside an AAAA that is not there", () => {
    const { status, because } = judge("ipv4-only-name-without-ipv4", given);
    assert.equal(status, "proven", because);
    assert.match(because, /four\.example\.org has 93\.184\.216\.34 and no AAAA record, and pod default\/a has fd00/);
  });

  it("is not where the pod has IPv4", () => {
    const { pods: _, ...dual } = given;
    assert.equal(judge("ipv4-only-name-without-ipv4", dual).status, "excluded");
  });

  it("is not where the A record is missing too", () => {
    const lookupsA = [{ outcome: "no-record", text: "NOERROR", name: "four.example.org" }] as const;
    assert.equal(judge("ipv4-only-name-without-ipv4", { ...given, lookupsA }).status, "excluded");
  });

  it("is not where the pod gets there over an IPv4 that its podIPs do not tell", () => {
    const dials = [{ outcome: "ok", scope: "outside", family: "IPv4" }] as const;
    assert.equal(judge("ipv4-only-name-without-ipv4", { ...given, dials }).status, "excluded");
  });

  const dns64 = { metadata: { name: "coredns" }, data: { Corefile: ".:53 {\n  dns64\n}\n" } };
  variants("ipv4-only-name-without-ipv4", given, {
    "CoreDNS should have made one up": [{ "config-map coredns": dns64 }, "possible"],
    "the pod has a way out over IPv4, as on EKS": [
      { "default-routes4": [{ device: "v4if0", gateway: "169.254.172.1" }] },
      "possible",
    ],
    "whether it has one is not known": [{ "default-routes4": nobody }, "possible"],
    "the Corefile may not be read": [{ "config-map coredns": nobody }, "proven"],
  });
});
