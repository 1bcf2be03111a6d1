import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("traffic-policy-local");
const slice = (addressType: string, ...nodes: (string | undefined)[]) => ({
  metadata: { name: addressType },
  addressType,
  endpoints: nodes.map((nodeName) => ({ ...(nodeName ? { nodeName } : {}), conditions: { ready: true } })),
});

describe("traffic-policy-local", () => {
  it("is proven where IPv4 has an endpoint on the node and IPv6 only elsewhere", () => {
    const { status, because } = judge("traffic-policy-local", given);
    assert.equal(status, "proven", because);
    assert.match(because, /its IPv6 endpoints are on n2, n3, none is on node n1, where 1 of IPv4 is/);
  });

  it("is only possible where IPv4 fares no better", () => {
    const dials = [
      { outcome: "timeout", scope: "service", ms: 3500 },
      { outcome: "timeout", scope: "service", family: "IPv4", ms: 3500 },
    ] as const;
    assert.equal(judge("traffic-policy-local", { ...given, dials }).status, "possible");
  });

  it("is not where the Service sends to all nodes", () => {
    const [service] = given.services ?? [];
    const spec = { ...service?.spec, internalTrafficPolicy: "Cluster" };
    const services = [{ ...service, spec }] as typeof given.services;
    assert.equal(judge("traffic-policy-local", { ...given, services: services ?? [] }).status, "excluded");
  });

  variants("traffic-policy-local", given, {
    "one is on the node": [{ "endpoint-slices": [slice("IPv6", "n1", "n2")] }, "excluded"],
    "one on the node ends, and serves until then": [
      {
        "endpoint-slices": [
          slice("IPv6", "n2"),
          {
            metadata: { name: "ending" },
            addressType: "IPv6",
            endpoints: [{ nodeName: "n1", conditions: { ready: false, serving: true, terminating: true } }],
          },
          slice("IPv4", "n1"),
        ],
      },
      "excluded",
    ],
    "one has come to the node since": [{ "endpoint-slices web again": [slice("IPv6", "n1")] }, "possible"],
    "whose node is not told": [{ "endpoint-slices": [slice("IPv6", undefined)] }, "excluded"],
    "IPv4 has none on the node either, and works": [
      { "endpoint-slices": [slice("IPv6", "n2"), slice("IPv4", "n2")] },
      "possible",
    ],
    "there is none at all": [{ "endpoint-slices": [slice("IPv4", "n1")] }, "excluded"],
    "nobody may look": [{ "endpoint-slices": nobody }, "unknown"],
  });
});
