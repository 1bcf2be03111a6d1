import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, serviceObject } from "./case.ts";
import { exampleOf } from "./example.ts";

const given = exampleOf("front-door-single-stack");

describe("front-door-single-stack", () => {
  it("is proven where the Service of the controller is IPv4-only", () => {
    const { status, because } = judge("front-door-single-stack", given);
    assert.equal(status, "proven", because);
    assert.match(because, /Ingress shop\/web is reached by Service default\/ingress-nginx, .* ipFamilies \[IPv4\]/);
  });

  it("is only possible where no Service has the address", () => {
    const { status, missing } = judge("front-door-single-stack", { ...given, services: [] });
    assert.equal(status, "possible");
    assert.match(missing ?? "", /none lists them/);
  });

  it("offers no second family that the cluster, or the Service, cannot have", () => {
    const [door] = given.services ?? [];
    const none = judge("front-door-single-stack", { ...given, seen: { services: [door] } });
    assert.deepEqual([none.status, none.mend], ["possible", undefined]);
    const byHand = { ...door, metadata: door?.metadata ?? { name: "" }, spec: { ...door?.spec, selector: undefined } };
    const { status, fix } = judge("front-door-single-stack", { ...given, services: [byHand] });
    assert.equal(status, "possible");
    assert.match(fix ?? "", /^Leave ipFamilyPolicy .* it has no selector/);
  });

  it("is not where the controller's Service has both families, or nothing lacks an address", () => {
    const dual = serviceObject("ingress-nginx", { clusterIPs: ["10.96.7.7", "fd00:10:96::7"] });
    assert.equal(judge("front-door-single-stack", { ...given, services: [dual] }).status, "excluded");
    const dials = [{ outcome: "ok", scope: "load-balancer", front: "Ingress shop/web" }] as const;
    assert.equal(judge("front-door-single-stack", { ...given, dials }).status, "excluded");
  });
});
