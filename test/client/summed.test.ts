import assert from "node:assert/strict";
import { test } from "node:test";
import { summed } from "#client/summed.ts";

test("what is found in a workspace is one sentence, and none where nothing is", () => {
  assert.equal(summed([0, 10, 2, 0]), "12 IPv6 findings in 2 files.");
  assert.equal(summed([1]), "1 IPv6 finding in 1 file.");
  assert.equal(summed([0, 0]), undefined);
  assert.equal(summed([]), undefined);
});
