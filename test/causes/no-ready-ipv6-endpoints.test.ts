import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody, serviceObject } from "./case.ts";

describe("no-ready-ipv6-endpoints", () => {
  it("is only possible where one has become ready behind the dial", () => {
    const dual = serviceObject("web", { clusterIPs: ["10.96.0.80", "fd00:10:96::80"], selector: { app: "b" } });
    const of = (ready: boolean) => [
      { metadata: { name: "six" }, addressType: "IPv6", endpoints: [{ conditions: { ready } }] },
    ];
    const events = { events: [] };
    const judged = (since: object) =>
      judge("no-ready-ipv6-endpoints", {
        services: [dual],
        dials: [{ outcome: "refused", scope: "service", ms: 1010 }],
        seen: { ...events, "endpoint-slices": of(false), "endpoint-slices web again": since },
      }).status;
    assert.equal(judged(of(false)), "proven");
    assert.equal(judged(of(true)), "possible");
    assert.equal(judged(nobody), "possible");
  });

  const dual = serviceObject("web", {
    ipFamilies: ["IPv4", "IPv6"],
    clusterIPs: ["10.96.0.80", "fd00:10:96::80"],
    selector: { app: "b" },
  });
  const refused = [{ outcome: "refused", scope: "service", ms: 1000 }] as const;
  const slice = (addressType: string, ...ready: boolean[]) => ({
    metadata: { name: addressType },
    addressType,
    endpoints: ready.map((each) => ({ conditions: { ready: each } })),
  });

  it("sends nobody to the pods of a Service that selects none", () => {
    const byHand = { ...dual, spec: { ...dual.spec, selector: undefined } };
    const seen = { "endpoint-slices": [slice("IPv4", true)] };
    const { fix } = judge("no-ready-ipv6-endpoints", { services: [byHand], dials: refused, seen });
    assert.match(fix ?? "", /^It has no selector: whoever keeps its EndpointSlices/);
  });

  it("an IPv4 slice alone, or nobody ready", () => {
    const verdict = (...slices: object[]) =>
      judge("no-ready-ipv6-endpoints", { services: [dual], dials: refused, seen: { "endpoint-slices": slices } })
        .status;
    assert.equal(verdict(slice("IPv4", true)), "proven");
    assert.equal(verdict(slice("IPv4", true), slice("IPv6", false)), "proven");
    assert.equal(verdict(slice("IPv4", true), slice("IPv6", true)), "excluded");
  });
});
