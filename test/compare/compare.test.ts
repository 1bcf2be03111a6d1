import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ComparedRun, compareRuns, runOf } from "#core/compare/compare.ts";

function run(document: object): ComparedRun {
  const read = runOf(JSON.stringify(document));
  assert.ok(typeof read !== "string", String(read));
  return read;
}

const readiness = (workloads: Readonly<Record<string, readonly string[]>>) => ({
  kind: "kube-ipv6 readiness",
  workloads: Object.entries(workloads).map(([workload, blocks]) => ({
    workload,
    class: blocks.length > 0 ? "dual" : "IPv6-only-ready",
    blocks: blocks.map((what) => ({ kind: "literal", what, where: "env" })),
  })),
});

describe("two runs", () => {
  test("of readiness: what came, what went, and what is not there any more", () => {
    const before = run(readiness({ web: ["10.0.0.1"], db: ["10.0.0.2"], old: ["10.0.0.3"] }));
    const after = run(readiness({ web: [], db: ["10.0.0.2", "10.0.0.9"] }));
    assert.deepEqual(compareRuns(before, after), {
      kind: "readiness",
      better: ["web: 10.0.0.1"],
      worse: ["db: 10.0.0.9"],
      gone: ["old: 10.0.0.3"],
      same: 1,
    });
  });
  test("of parity: what is intended is not bad", () => {
    const one = {
      open: "IPv6",
      direction: "egress",
      workloads: ["Deployment a/web"],
      rule: { policy: "NetworkPolicy a/x", text: "::/0" },
    };
    const document = (differences: readonly object[]) => ({ kind: "kube-ipv6 parity", policies: 1, differences });
    const [none, bad, wanted] = [[], [one], [{ ...one, intended: "so" }]].map((all) => run(document(all))) as [
      ComparedRun,
      ComparedRun,
      ComparedRun,
    ];
    assert.equal(compareRuns(none, bad)?.worse.length, 1);
    assert.equal(compareRuns(none, wanted)?.worse.length, 0);
    assert.equal(compareRuns(bad, none)?.better.length, 1);
  });
  test("of a diagnosis: flows and causes", () => {
    const symptom = { from: "a", to: "b", family: "IPv6", outcome: "timeout", text: "no answer" };
    const document = (failed: boolean) => ({
      symptoms: [{ ...symptom, failed }],
      causes: failed ? [{ id: "forwarding-off", verdict: "proven" }] : [],
    });
    const found = compareRuns(run(document(true)), run(document(false)));
    assert.deepEqual(found?.better, ["IPv6 from a to b: no answer", "cause forwarding-off"]);
  });
  test("of different questions are not compared, and what is no run is said to be none", () => {
    assert.equal(compareRuns(run(readiness({})), run({ symptoms: [], causes: [] })), undefined);
    assert.equal(runOf("{"), "is no JSON");
    assert.match(`${runOf('{"kind":"kube-ipv6-diagnosis","observations":[]}')}`, /--open FILE --format json/);
    assert.match(String(runOf("{}")), /^is none of readiness/);
  });
});
