import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

describe("service-range-inside-pod-range", () => {
  const given = exampleOf("service-range-inside-pod-range");

  it("is proven where the node that dials throws away what is for the pods' range", () => {
    const { status, because } = judge("service-range-inside-pod-range", given);
    assert.equal(status, "proven", because);
    assert.match(because, /fd00:10:244:1::80 .* is inside fd00:10:244:1::\/64, .* of node n1, which rejects, takes it/);
  });

  variants("service-range-inside-pod-range", given, {
    "no route of the node takes it": [{ routes: seen.routes(seen.staticDefault) }, "possible"],
    "nobody may look at the routes": [{ routes: nobody }, "possible"],
  });

  it("is proven where a pod looks for it on its own link", () => {
    const { pods: _, ...ofPods } = given;
    const dials = [{ outcome: "host-unreachable", scope: "service", host: "fd00:10:244:1::80", ms: 3060 }] as const;
    const toLink = seen.toN1
      .replace("20010db8001800000000000000000101", "0".repeat(32))
      .replace("00000003", "00000001");
    const verdict = (...lines: string[]) =>
      judge("service-range-inside-pod-range", {
        ...ofPods,
        dials,
        seen: { "routes pod default/a": seen.routes(seen.staticDefault, ...lines) },
      });
    assert.equal(verdict(toLink).status, "proven", verdict(toLink).because);
    assert.match(verdict(toLink).because, /pod default\/a has fd00:10:244:1::\/64 on its own link, eth0/);
    assert.equal(verdict().status, "possible", "it asks its node");
  });

  it("is possible where a pod dials, which translates first, or nobody", () => {
    const [, ...pods] = given.pods ?? [];
    const { pods: _, ...ofPods } = given;
    assert.equal(judge("service-range-inside-pod-range", ofPods).status, "possible");
    assert.equal(judge("service-range-inside-pod-range", { ...given, pods, dials: [] }).status, "possible");
    const apart = (given.services ?? []).map((service) => ({ ...service, spec: { clusterIPs: ["fd00:10:96::80"] } }));
    assert.equal(judge("service-range-inside-pod-range", { ...given, services: apart }).status, "excluded");
  });
});
