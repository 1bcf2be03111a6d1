import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { b, judge, nobody, podObject } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("addresses-exhausted");
const waiting = podObject("b", "n2", []);
const event = (message: string) => ({ events: [{ metadata: { name: "b.1" }, message }] });

describe("addresses-exhausted", () => {
  it("is proven by the plugin's word on a pod that got no network", () => {
    const { status, because, family } = judge("addresses-exhausted", given);
    assert.deepEqual([status, family], ["proven", "both"], because);
    assert.match(because, /no IP addresses available in range set: fd00/);
    assert.equal(judge("vpc-cni-without-address", given).status, "excluded");
  });

  variants("addresses-exhausted", given, {
    "calico says so": [event("failed to create pod sandbox: no more free IPs in the pool"), "proven"],
    "something else keeps its network": [event("failed to create pod sandbox: plugin not initialized"), "excluded"],
    "it waits for an image": [event("Failed to pull image"), "excluded"],
    "nothing happened to it": [{ events: [] }, "excluded"],
    "the pod has addresses since": [{ pod: b }, "possible"],
    "it is said of a pod that had its name before": [
      {
        pod: { ...waiting, metadata: { ...waiting.metadata, uid: "new" } },
        events: [{ ...event("no IP addresses available for the sandbox").events[0], involvedObject: { uid: "old" } }],
      },
      "excluded",
    ],
    "it has come to something else since, which the list has first": [
      {
        events: [
          { metadata: { name: "b.1" }, message: "sandbox: timeout", lastTimestamp: "2026-01-01T00:09:00Z" },
          {
            metadata: { name: "b.2" },
            message: "sandbox: no IP addresses available",
            lastTimestamp: "2026-01-01T00:01:00Z",
          },
        ],
      },
      "excluded",
    ],
    "nobody may read events": [{ events: nobody }, "unknown"],
  });
});
