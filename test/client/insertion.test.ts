import assert from "node:assert/strict";
import { test } from "node:test";
import { before } from "#client/insertion.ts";

test("a manifest that is inserted is a document of its own, whatever stands there", () => {
  for (const [text, put] of [
    ["", ""],
    ["\n\n", ""],
    ["a: 1\n", "---\n"],
    ["a: 1", "\n---\n"],
    ["a: 1\n---\n", ""],
    ["a: 1\n--- # next", "\n"],
    ["a: 1\r\n---\r\n\r\n", ""],
    ["a: |\n  ---x\n", "---\n"],
  ] as const)
    assert.equal(before(text), put, JSON.stringify(text));
});
