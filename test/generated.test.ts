import assert from "node:assert/strict";
import { test } from "node:test";
import { generated, leftovers, stale, write } from "../scripts/generate.ts";

test("indexes, documentation pages, tables and settings are as their sources say", async () => {
  const files = await generated();
  const changed = [...stale(files), ...leftovers(files)];
  if (changed.length > 0 && !process.env.CI) write(files);
  assert.deepEqual(
    changed,
    [],
    "these were stale and are written anew now; look at them, run the test again, commit them",
  );
});
