import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ciliumMonitor } from "#test/agents/recorded.ts";
import { again, cilium, dropsOf } from "./agents.ts";
import { judge, nobody, serviceObject } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const id = "cilium-drops-service";
const web = serviceObject("web", { clusterIPs: ["10.96.0.80", "fd00:10:96::50"], selector: { app: "b" } });
const dials = [
  { outcome: "timeout", scope: "service", ms: 3500 },
  { outcome: "ok", scope: "service", family: "IPv4", ms: 9 },
] as const;
const slice = { addressType: "IPv6", endpoints: [{ addresses: ["fd00:10:244:2::11"], conditions: { ready: true } }] };
const toService = (reason: string, port = 8080) =>
  dropsOf(
    ciliumMonitor.service.replace("Stale or unroutable IP", reason).replace("]:80 ", `]:${port} `),
    "fd00:10:96::50",
  );
const given = {
  dials,
  services: [web],
  seen: {
    pods: [cilium],
    routes: seen.routes(seen.staticDefault),
    dial: again,
    "endpoint-slices": [slice],
    "agent-drops": toService("Stale or unroutable IP"),
  },
};

describe(id, () => {
  it("its monitor shows the very connection", () => {
    const { status, because } = judge(id, given);
    assert.equal(status, "proven", because);
    assert.equal(
      because,
      "Cilium (kube-system/cilium-x7k2p) on node n1 dropped fd00:10:244:1::11 -> [fd00:10:96::50]:8080 tcp SYN: Stale or unroutable IP, although Service default/web has IPv6 endpoints",
    );
  });

  variants(id, given, {
    "the backend is gone from its maps": [{ "agent-drops": toService("Service backend not found") }, "proven"],
    "a policy is its reason": [{ "agent-drops": toService("Policy denied") }, "excluded"],
    "what is dropped is another port's": [{ "agent-drops": toService("Stale or unroutable IP", 443) }, "excluded"],
    "the Service has no IPv6 endpoints": [{ "endpoint-slices": [{ ...slice, addressType: "IPv4" }] }, "excluded"],
    "its monitor cannot be listened to": [{ "agent-drops": nobody }, "unknown"],
    "nothing of Cilium is there": [{ pods: [] }, "unknown"],
  });

  it("is only possible where the Service fails over IPv4, too", () =>
    assert.equal(judge(id, { ...given, dials: [dials[0]] }).status, "possible"));
});
