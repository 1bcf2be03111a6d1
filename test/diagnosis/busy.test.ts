import assert from "node:assert/strict";
import { it } from "node:test";
import { lateBy, tooBusy } from "#core/judging/symptom.ts";

it("blames no network for the silence of a container that could not run", () => {
  assert.match(tooBusy({ ms: 1500, starved: 1400 }) ?? "", /wanted to run for 1400 of 1500 ms and could not/);
  assert.match(tooBusy({ ms: 1500, control: 1300 }) ?? "", /takes 1300 ms for a dial of itself/);
});

it("believes a silence in which packets had the time to be answered", () => {
  assert.equal(tooBusy({ ms: 740, starved: 258 }), undefined);
  assert.equal(tooBusy({ ms: 3500, starved: 3000 }), undefined);
  assert.equal(tooBusy({ ms: 500 }), undefined);
  assert.equal(tooBusy({ ms: 10, starved: 0, control: 0 }), undefined, "an answer at once is no silence");
});

it("takes what a dial costs in the container off before it calls a refusal late", () => {
  assert.equal(lateBy({ ms: 900, control: 870 }), 30);
  assert.equal(lateBy({ ms: 1010 }), 1010);
});
