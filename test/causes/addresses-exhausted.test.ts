import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("addresses-exhausted");
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
    "nobody may read events": [{ events: nobody }, "unknown"],
  });
});
