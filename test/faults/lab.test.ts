import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import { causes } from "#core/causes/index.ts";
import { labSkip, labTest } from "#test/lab/support.ts";
import { chosen, entries, quarter, runs } from "./entries.ts";
import { answerIn, labOf, missing, runAlone, runName } from "./run.ts";
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
        quarter.some((run) => run.shape === shape),
        JSON.stringify(shape),
      );
  });
});

const skip = await labSkip();

/** Made once more in a lab of its own, since too little was seen in the first. */
const again: string[] = [];

for (const run of quarter)
  labTest(runName(run), labOf(run, ""), skip || missing(run) || false, async (lab) => {
    let answer = await answerIn(lab, run);
    if (answer.wrong.length > 0 && !answer.claims) {
      again.push(runName(run));
      await lab.stop();
      answer = await runAlone(run, `${lab.name}-again`);
    }
    assert.equal(answer.wrong.length, 0, answer.wrong.join("\n"));
  });

test("hardly a fault has to be made twice", { skip }, (t) => {
  t.diagnostic(`${quarter.length} made, ${again.length} of them twice ${again.join(", ")}`);
  assert.ok(again.length <= 2, again.join("\n"));
});
