import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, podObject, serviceObject } from "./case.ts";

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
