import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("probed-over-ipv6-only");
const event = (message: string) => ({ events: [{ metadata: { name: "b.1" }, reason: "Unhealthy", message }] });
const bound = (address: string) => ({
  listeners: [{ family: address.includes(":") ? "IPv6" : "IPv4", address, port: 8080 }],
});

describe("probed-over-ipv6-only", () => {
  it("is proven by the kubelet's word and the socket", () => {
    const { status, because, family } = judge("probed-over-ipv6-only", given);
    assert.deepEqual([status, family], ["proven", "both"], because);
    assert.match(because, /Readiness probe failed: .*; port 8080 is bound to 0\.0\.0\.0 there/);
  });

  variants("probed-over-ipv6-only", given, {
    "the probe fails over IPv4": [
      event("Readiness probe failed: dial tcp 10.244.2.11:8080: connect: connection refused"),
      "excluded",
    ],
    "it fails for another reason": [
      event("Readiness probe failed: HTTP probe failed with statuscode: 500"),
      "excluded",
    ],
    "the application serves IPv6 by now": [bound("::"), "excluded"],
    "nothing listens at all": [{ listeners: [] }, "excluded"],
    "nobody may look into the pod": [{ listeners: nobody }, "possible"],
    "nobody may read events": [{ events: nobody }, "unknown"],
    "an endpoint is ready": [{ "endpoint-slices": [{ endpoints: [{ conditions: { ready: true } }] }] }, "excluded"],
  });
});
