import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import { exampleOf } from "./example.ts";

const given = exampleOf("load-balancer-without-ipv6");
const pools = (...addresses: string[]) => ({
  "policies IPAddressPool": [{ metadata: { name: "main", namespace: "metallb-system" }, spec: { addresses } }],
});

describe("load-balancer-without-ipv6", () => {
  it("names the pool that holds no IPv6", () => {
    const { status, because, fix } = judge("load-balancer-without-ipv6", given);
    assert.equal(status, "proven", because);
    assert.match(because, /203\.0\.113\.9 only; IPAddressPool metallb-system\/main holds 203\.0\.113\.0\/28/);
    assert.match(fix ?? "", /Add an IPv6 range to IPAddressPool metallb-system\/main/);
  });

  it("speaks of the provider where there is no pool, or one with IPv6", () => {
    for (const seen of [{}, pools("203.0.113.0/28", "2001:db8:5::/112"), pools("2001:db8:5::1-2001:db8:5::9")]) {
      const { status, fix } = judge("load-balancer-without-ipv6", { ...given, seen });
      assert.equal(status, "proven");
      assert.match(fix ?? "", /provider/);
    }
  });

  it("says nothing of a load balancer that has an IPv6 address and does not answer", () => {
    const dials = [{ outcome: "timeout", scope: "load-balancer", host: "2001:db8:5::1", ms: 3500 }] as const;
    assert.equal(judge("load-balancer-without-ipv6", { ...given, dials }).status, "excluded");
  });
});
