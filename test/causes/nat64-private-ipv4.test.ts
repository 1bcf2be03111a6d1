import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";

const given = exampleOf("nat64-private-ipv4");
const lost = (host: string) => ({ outcome: "timeout", scope: "outside", host, ms: 3500 }) as const;

describe("nat64-private-ipv4", () => {
  it("is proven where the translator takes a global address and loses a private one", () => {
    const { status, because } = judge("nat64-private-ipv4", given);
    assert.equal(status, "proven", because);
    assert.match(because, /10\.0\.0\.7, which is private \(RFC 1918\)/);
  });

  it("is proven by a word that comes at once, where the pod has a way, and not where it has none", () => {
    const [, works] = given.dials ?? [];
    const soon = { outcome: "network-unreachable", scope: "outside", host: "64:ff9b::a00:7", ms: 0 } as const;
    const other = { ...soon, host: "64:ff9b::a00:8" } as const;
    const of = (routes: object) =>
      judge("nat64-private-ipv4", {
        dials: [soon, other, ...(works ? [works] : [])],
        seen: { ...given.seen, "routes pod default/a": routes },
      }).status;
    assert.equal(of(seen.routes(seen.staticDefault)), "proven");
    assert.equal(of(seen.routes()), "excluded");
  });

  it("is only possible where one address is refused: a translator says so of a host that is down", () => {
    const [refused, works] = given.dials ?? [];
    assert.ok(refused && works);
    assert.equal(judge("nat64-private-ipv4", { ...given, dials: [refused, works] }).status, "possible");
  });

  it("is only possible where nobody answers: the target may be down", () => {
    const [, works] = given.dials ?? [];
    const dials = [lost("64:ff9b::a00:7"), ...(works ? [works] : [])];
    assert.equal(judge("nat64-private-ipv4", { ...given, dials }).status, "possible");
  });

  it("is only possible where a policy denies the way there, and may be who rejects", () => {
    const spec = {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "64:ff9b::5d00:0/104" } }] }],
    };
    const only = { kind: "NetworkPolicy", metadata: { name: "out", namespace: "default" }, spec };
    const seen = { ...given.seen, "network-policies": [{ apiVersion: "networking.k8s.io/v1", ...only }] };
    assert.equal(judge("nat64-private-ipv4", { ...given, seen }).status, "possible");
  });

  it("is only possible where it is not seen to translate anything", () => {
    assert.equal(judge("nat64-private-ipv4", { ...given, dials: [lost("64:ff9b::a00:7")] }).status, "possible");
  });

  it("is not for a global address, nor behind a prefix of one's own", () => {
    const dns64 = { metadata: { name: "coredns" }, data: { Corefile: ".:53 {\n  dns64 2001:db8:64::/96\n}\n" } };
    const own = { dials: [lost("2001:db8:64::a00:7")], seen: { "config-map coredns": dns64 } };
    assert.equal(judge("nat64-private-ipv4", own).status, "excluded");
    assert.equal(judge("nat64-private-ipv4", { ...given, dials: [lost("64:ff9b::5db8:d822")] }).status, "excluded");
  });
});
