import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { faults } from "#test/lab/faults.ts";

const top = path.resolve(import.meta.dirname, "..");

function idsIn(folder: string): string[] {
  return readdirSync(path.join(top, folder))
    .filter((name) => name.endsWith(".ts") && name !== "index.ts")
    .map((name) => name.slice(0, -3))
    .sort();
}

for (const [what, folder, least] of [
  ["rule", "rules", 100],
  ["cause", "causes", 50],
] as const)
  test(`every ${what} has a test and a page of its own, and there is neither for one that is gone`, () => {
    const ids = idsIn(`core/src/${folder}`);
    assert.ok(ids.length > least);
    const tests = ids.filter((id) => !existsSync(path.join(top, `test/${folder}/${id}.test.ts`)));
    assert.deepEqual(tests, [], "no test");
    assert.deepEqual(pagesIn(`docs/${folder}`), ids);
  });

test("faults of the lab are named after their causes", () => {
  const causes = idsIn("core/src/causes");
  assert.deepEqual(
    faults.filter(({ id }) => !causes.includes(id)),
    [],
  );
});

function pagesIn(folder: string): string[] {
  return readdirSync(path.join(top, folder))
    .map((name) => name.replace(/\.md$/, ""))
    .sort();
}
