import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, n1, n2 } from "./case.ts";
import { exampleOf } from "./example.ts";

const given = exampleOf("overlay-identity-shared");
const [, second] = given.nodes ?? [];

describe("overlay-identity-shared", () => {
  it("is proven by a node with a MAC of its own that is reached beside it", () => {
    const { status, because } = judge("overlay-identity-shared", given);
    assert.equal(status, "proven", because);
    assert.match(because, /VtepMAC 5a:11:22:33:44:02 of nodes n2 and n4; other-node on node n3 is reached/);
  });

  it("is only possible where nothing else is reached", () => {
    const dials = [{ outcome: "timeout", ms: 3500 }] as const;
    assert.equal(judge("overlay-identity-shared", { ...given, dials }).status, "possible");
  });

  it("is not where the MACs differ, are not told, or the pair is elsewhere", () => {
    const different = (given.nodes ?? []).filter((node) => node !== second);
    assert.equal(judge("overlay-identity-shared", { ...given, nodes: different }).status, "excluded");
    assert.equal(judge("overlay-identity-shared", { ...given, nodes: [n1, n2] }).status, "excluded");
  });
});
