import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, serviceObject } from "./case.ts";
import { exampleOf } from "./example.ts";

const given = exampleOf("load-balancer-beyond-families");

describe("load-balancer-beyond-families", () => {
  it("is proven where what is dialled is of a family that the Service has not", () => {
    const { status, because } = judge("load-balancer-beyond-families", given);
    assert.equal(status, "proven", because);
    assert.match(because, /ipFamilies \[IPv4\] .* lists 2001:db8:18::101/);
  });

  it("is not where the Service is dual-stack, or says nothing of families", () => {
    for (const spec of [{ ipFamilies: ["IPv4", "IPv6"] }, {}])
      assert.equal(
        judge("load-balancer-beyond-families", { ...given, services: [serviceObject("web", spec)] }).status,
        "excluded",
      );
  });

  it("is only possible where the address is no node's: a balancer may pass IPv6 on over IPv4", () => {
    const dials = [{ outcome: "refused", scope: "load-balancer", host: "2001:db8:5::9", ms: 1 }] as const;
    assert.equal(judge("load-balancer-beyond-families", { ...given, dials }).status, "possible");
  });

  it("is not where the address answers", () => {
    const dials = [{ outcome: "ok", scope: "load-balancer", host: "2001:db8:18::101" }] as const;
    assert.equal(judge("load-balancer-beyond-families", { ...given, dials }).status, "excluded");
  });
});
