import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { b, judge, podObject, serviceObject } from "./case.ts";
import { exampleOf } from "./example.ts";

const given = exampleOf("api-service-other-family");

describe("api-service-other-family", () => {
  it("is proven where the pod has only the family that the API server is not served in", () => {
    const { status, because } = judge("api-service-other-family", given);
    assert.equal(status, "proven", because);
    assert.match(because, /kubernetes has IPv4, and pod default\/a has IPv6 only/);
    assert.equal(judge("service-single-stack", { ...given, seen: { services: [] } }).status, "excluded");
  });

  it("is not where the pod gets there all the same, and only possible where nobody tried", () => {
    const [lacking] = given.dials ?? [];
    assert.ok(lacking);
    const dials = [lacking, { outcome: "ok", scope: "service", family: "IPv4" }] as const;
    assert.equal(judge("api-service-other-family", { ...given, dials }).status, "excluded");
    assert.equal(judge("api-service-other-family", { ...given, dials: [lacking] }).status, "possible");
  });

  it("is only possible where it is sent: the pod has a way that its podIPs do not tell", () => {
    const [lacking] = given.dials ?? [];
    assert.ok(lacking);
    const dials = [lacking, { outcome: "timeout", scope: "service", family: "IPv4", ms: 2000 }] as const;
    assert.equal(judge("api-service-other-family", { ...given, dials }).status, "possible");
  });

  it("is not where the pod has both families, or the Service is another", () => {
    const pods = [podObject("a", "n1", ["10.244.1.11", "fd00:10:244:1::11"]), b];
    assert.equal(judge("api-service-other-family", { ...given, pods }).status, "excluded");
    const services = [serviceObject("web", { clusterIPs: ["10.96.0.80"] })];
    assert.equal(judge("api-service-other-family", { ...given, services }).status, "excluded");
  });
});
