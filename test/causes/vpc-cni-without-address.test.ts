import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import { exampleOf } from "./example.ts";

const given = exampleOf("vpc-cni-without-address");

describe("vpc-cni-without-address", () => {
  it("is proven by the plugin's word on a pod that got no network", () => {
    const { status, because } = judge("vpc-cni-without-address", given);
    assert.equal(status, "proven", because);
    assert.match(because, /failed to assign an IP address to container/);
    assert.equal(judge("addresses-exhausted", given).status, "excluded");
  });

  it("is not for a pod that runs", () => {
    const { dead: _, ...running } = given;
    assert.equal(judge("vpc-cni-without-address", { ...running, dials: [{ outcome: "ok" }] }).status, "excluded");
  });

  it("is not where it has come to something else since", () => {
    const [first] = (given.seen?.events ?? []) as object[];
    const events = [first, { metadata: { name: "b.2" }, message: "Failed to create pod sandbox: network timeout" }];
    assert.equal(judge("vpc-cni-without-address", { ...given, seen: { ...given.seen, events } }).status, "excluded");
  });
});
