import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";

const given = exampleOf("nat64-missing");
const lost = { outcome: "timeout", scope: "outside", host: "64:ff9b::5db8:d822", ms: 3500 } as const;

describe("nat64-missing", () => {
  it("is proven by an address outside that is reached without a translator", () => {
    const { status, because } = judge("nat64-missing", given);
    assert.equal(status, "proven", because);
    assert.match(because, /stands for 93\.184\.216\.34 behind 64:ff9b::\/96, .* CoreDNS makes such addresses/);
  });

  it("is only possible where one host alone is silent: it may be so to everybody", () => {
    const works = { outcome: "ok", scope: "outside", host: "2001:db8:ffff::1" } as const;
    assert.equal(judge("nat64-missing", { ...given, dials: [lost, works] }).status, "possible");
  });

  it("is only possible where a policy opens the way to another prefix alone, or nobody may see whether", () => {
    const spec = {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "2001:db8::/32" } }] }],
    };
    const only = { kind: "NetworkPolicy", metadata: { name: "out", namespace: "default" }, spec };
    for (const policies of [[{ apiVersion: "networking.k8s.io/v1", ...only }], nobody]) {
      const seen = { ...given.seen, "network-policies": policies };
      const { status, missing } = judge("nat64-missing", { ...given, seen });
      assert.equal(status, "possible");
      assert.match(missing ?? "", /^that no policy denies it: (NetworkPolicy default\/out|exec is forbidden)/);
    }
  });

  it("is only possible where nothing outside is reached over IPv6", () => {
    assert.equal(judge("nat64-missing", { ...given, dials: [lost] }).status, "possible");
  });

  it("is not where the node has a translator, of another prefix than DNS64", () => {
    const other = exampleOf("dns64-prefix-not-routed");
    const native = { outcome: "ok", scope: "outside", host: "2001:db8:ffff::1" } as const;
    const dials = [...(other.dials ?? []), native];
    assert.equal(judge("nat64-missing", { ...other, dials }).status, "excluded");
    const seen = { ...given.seen, ...other.seen, "routes node n1": [] };
    assert.equal(judge("nat64-missing", { ...other, dials, seen }).status, "proven");
  });

  it("is not where another address is translated, or none of a translator was dialled", () => {
    const corefile = { "config-map coredns": { data: { Corefile: ".:53 {\n    forward . /etc/resolv.conf\n}\n" } } };
    const translated = { outcome: "ok", scope: "outside", host: "64:ff9b::808:808" } as const;
    assert.equal(judge("nat64-missing", { ...given, dials: [lost, translated] }).status, "excluded");
    assert.equal(
      judge("nat64-missing", { dials: [{ ...lost, host: "2001:db8:ffff::1" }], seen: corefile }).status,
      "excluded",
    );
  });
});
