import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { caseOf, judge, judgeCase, podObject, serviceObject } from "./case.ts";

const onlyFour = [podObject("a", "n1", ["10.244.1.11"]), podObject("b", "n2", ["10.244.2.11"])];

describe("service-single-stack", () => {
  const dual = serviceObject("web", {
    ipFamilies: ["IPv4", "IPv6"],
    clusterIPs: ["10.96.0.80", "fd00:10:96::80"],
    selector: { app: "b" },
  });
  const single = serviceObject("web", {
    ipFamilyPolicy: "SingleStack",
    ipFamilies: ["IPv4"],
    clusterIPs: ["10.96.0.80"],
  });

  it("a server that does not answer says nothing of the Service", () => {
    const given = { services: [single], seen: { services: [single, dual] } };
    assert.equal(judge("service-single-stack", { ...given, lookups: ["timeout"] }).status, "possible");
    const silentToo = judge("service-single-stack", { ...given, lookups: ["no-record", "timeout"] });
    assert.deepEqual(silentToo.explains, ["AAAA no-record"]);
  });

  it("nobody is told to give the API server's own Service an address that refuses", () => {
    const api = { ...single, metadata: { name: "kubernetes", namespace: "default" } };
    const { fix } = judge("service-single-stack", {
      services: [api],
      lookups: ["no-record"],
      seen: { services: [api, dual] },
    });
    assert.doesNotMatch(fix ?? "", /kubectl|PreferDualStack/);
    assert.match(fix ?? "", /Leave it/);
  });

  it("is about the Service whose address was missed, and patches no other", () => {
    const web = { ...single, spec: { ...single.spec, selector: { app: "b" } } };
    const other = { ...web, metadata: { ...web.metadata, name: "other" } };
    const given = { services: [other, web], lookups: ["no-record"], seen: { services: [dual] } } as const;
    const subject = caseOf(given);
    const [missed] = subject.failures;
    assert.ok(missed?.name);
    const about = { ...missed, name: { ...missed.name, service: subject.scene.services[1] } };
    const verdict = judgeCase("service-single-stack", { ...subject, failures: [about], symptoms: [about] }, given.seen);
    assert.equal(verdict.status, "proven", verdict.because);
    assert.match(verdict.because, /^Service default\/web:/);
    assert.equal(verdict.mend?.name, "web");
  });

  it("possible only, where no Service has IPv6 at all", () => {
    assert.equal(
      judge("service-single-stack", { services: [single], seen: { services: [single] } }).status,
      "possible",
    );
    assert.equal(
      judge("service-single-stack", { pods: onlyFour, services: [single], seen: { services: [single] } }).status,
      "excluded",
    );
  });
});
