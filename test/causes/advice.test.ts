import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Verdict } from "#core/diagnosis/diagnosis.ts";
import { settled } from "#core/diagnosis/verdict.ts";
import { podRanges } from "#core/judging/pod-ranges.ts";

describe("advice", () => {
  it("ranges of many nodes become the one prefix that holds them", () => {
    const nodes = (...ranges: string[]) => ({
      allNodes: ranges.map((range, index) => ({
        name: `n${index}`,
        internalIPs: [],
        podCIDRs: ["10.0.0.0/24", range],
        object: { metadata: { name: "n" } },
      })),
    });
    const many = Array.from({ length: 9 }, (_, index) => `fd00:10:244:${index}::/64`);
    assert.deepEqual(podRanges(nodes(...many)), ["fd00:10:244::/60"]);
    assert.deepEqual(podRanges(nodes("fd00:1::/64", "fd00:1::/64")), ["fd00:1::/64"]);
    assert.deepEqual(podRanges({ allNodes: [] }), []);
  });

  it("what is possible beside a proof of the same failures is left open", () => {
    const verdict = (cause: string, status: Verdict["status"], explains: string[]): Verdict => ({
      cause,
      layer: "route",
      summary: "",
      source: "",
      code: "R03",
      status,
      family: "IPv6",
      because: "b",
      evidence: [],
      explains,
      latent: explains.length === 0,
    });
    const of = (...verdicts: Verdict[]) => settled(verdicts).map(({ cause, status }) => `${cause} ${status}`);
    const proof = verdict("one", "proven", ["x", "y"]);
    assert.deepEqual(of(proof, verdict("two", "possible", ["x"])), ["one proven", "two unknown"]);
    assert.deepEqual(of(proof, verdict("two", "possible", ["x", "z"])), ["one proven", "two possible"]);
    assert.deepEqual(of(proof, verdict("two", "possible", [])), ["one proven", "two possible"], "it is latent");
    assert.deepEqual(of(verdict("two", "possible", ["x"])), ["two possible"]);
  });
});
