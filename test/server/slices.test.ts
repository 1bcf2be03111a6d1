import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { inSlices } from "../../server/src/scan.ts";

test("what is asked while much is read waits for one slice, however much there is", async (t) => {
  let steps = 0;
  // Each step takes a millisecond, and a slice has four.
  t.mock.method(performance, "now", () => steps);
  function* reading() {
    for (; steps < 1_000; steps++) yield;
  }
  const read = inSlices(reading(), () => true);
  const waited: number[] = [];
  while (steps < 1_000) {
    const before = steps;
    // A question is read in one turn of the event loop, handled in the next, and answered in another.
    for (let turns = 0; turns < 3; turns++) await turn();
    waited.push(steps - before);
  }
  assert.equal(await read, true);
  assert.ok(waited.length > 200, `${waited.length} questions were answered meanwhile`);
  assert.ok(Math.max(...waited) <= 5, `${Math.max(...waited)} steps`);
});

test("what is no longer wanted is given up between two slices", async (t) => {
  let steps = 0;
  let given = false;
  t.mock.method(performance, "now", () => steps);
  function* reading() {
    try {
      for (;;) yield steps++;
    } finally {
      given = true;
    }
  }
  assert.equal(await inSlices(reading(), () => steps < 20), false);
  assert.deepEqual([given, steps < 30], [true, true]);
});
