import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { causes } from "#core/causes/index.ts";
import { labSkip, labTest } from "#test/lab/support.ts";
import { chosen, entries, runs } from "./entries.ts";
import { answerIn, labOf, missing, runName } from "./run.ts";
import { shapes } from "./shapes.ts";

describe("the faults", () => {
  it("name causes that there are, and every entry can stand on one of the clusters", () => {
    for (const { id, causes: named } of entries) for (const one of named) assert.ok(one in causes, `${id}: ${one}`);
    assert.equal(chosen.length, entries.length);
    assert.equal(new Set(runs.map(runName)).size, runs.length);
  });

  it("stand on all clusters together", () => {
    for (const shape of shapes)
      assert.ok(
        chosen.some((run) => run.shape === shape),
        JSON.stringify(shape),
      );
  });
});

const skip = await labSkip();

for (const run of chosen)
  labTest(runName(run), labOf(run, ""), skip || missing(run) || false, async (lab) => {
    const { wrong } = await answerIn(lab, run);
    assert.equal(wrong.length, 0, wrong.join("\n"));
  });
