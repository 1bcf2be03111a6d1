import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody, serviceObject } from "./case.ts";
import { variants } from "./variants.ts";

const id = "dns-without-endpoints";
const dns = {
  kind: "Service",
  metadata: { name: "rke2-coredns", namespace: "kube-system" },
  spec: { clusterIPs: ["10.96.0.10", "fd00:10:96::a"] },
};
const slice = (addressType: string, ...ready: boolean[]) => ({
  metadata: { name: addressType },
  addressType,
  endpoints: ready.map((each) => ({ conditions: { ready: each } })),
});
const given = {
  services: [serviceObject("web", { clusterIPs: ["10.96.0.80", "fd00:10:96::80"] })],
  dials: [{ outcome: "ok" }, { outcome: "ok", family: "IPv4", ms: 9 }],
  lookups: [{ outcome: "timeout", text: "no answer in 1.5 s" }],
  lookupsA: [{ outcome: "timeout", text: "no answer in 1.5 s" }],
  seen: {
    "services ": [dns],
    "endpoint-slices": [slice("IPv4"), slice("IPv6")],
  },
} as const;

describe(id, () => {
  it("names the Service behind the address, whatever it is called, and explains both families", () => {
    const { status, because, explains } = judge(id, given);
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /^Service kube-system\/rke2-coredns, which is 10\.96\.0\.10 in resolv\.conf, has no ready IPv4/,
    );
    assert.deepEqual(explains, ["AAAA timeout", "A timeout"]);
  });

  variants(id, given, {
    "an endpoint is there": [{ "endpoint-slices": [slice("IPv4", true), slice("IPv6")] }, "excluded"],
    "one has become ready since": [{ "endpoint-slices rke2-coredns again": [slice("IPv4", true)] }, "possible"],
    "none is ready": [{ "endpoint-slices": [slice("IPv4", false, false), slice("IPv6", true)] }, "proven"],
    "somebody else keeps its endpoints": [{ "endpoint-slices": [] }, "possible"],
    "the server is of no Service": [{ "services ": [] }, "excluded"],
    "its Service is in a namespace of its own": [
      { "services ": [{ ...dns, metadata: { name: "dns", namespace: "platform-dns" } }] },
      "proven",
    ],
    "nobody may list Services": [{ "services ": nobody, services: nobody }, "unknown"],
    "nobody may list all of them": [{ "services ": nobody, services: [], "services kube-system": [dns] }, "proven"],
    "nobody may list all, and it is of none that was seen": [{ "services ": nobody, services: [] }, "unknown"],
    "nobody may list its endpoints": [{ "endpoint-slices": nobody }, "unknown"],
  });

  it("is excluded where the server has answered, were it that the name does not exist", () => {
    const lookups = [{ outcome: "name-error", text: "NXDOMAIN" }] as const;
    assert.equal(judge(id, { ...given, lookups, lookupsA: lookups }).status, "excluded");
  });
});
