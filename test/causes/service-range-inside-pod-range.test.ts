import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { a, b, judge, serviceObject } from "./case.ts";

describe("service-range-inside-pod-range", () => {
  const dual = serviceObject("web", {
    ipFamilies: ["IPv4", "IPv6"],
    clusterIPs: ["10.96.0.80", "fd00:10:96::80"],
    selector: { app: "b" },
  });

  it("arithmetic", () => {
    const inside = serviceObject("web", { clusterIPs: ["fd00:10:244:2::80"] });
    const dials = [{ outcome: "timeout", scope: "service" }, { outcome: "ok" }] as const;
    const given = { pods: [a, b], services: [inside] };
    assert.equal(judge("service-range-inside-pod-range", given).status, "possible", "nothing was dialled");
    assert.equal(judge("service-range-inside-pod-range", { ...given, dials }).status, "proven");
    assert.equal(judge("service-range-inside-pod-range", { services: [dual] }).status, "excluded");
  });
});
