import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
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

test("tests that share a process start nothing and leave nothing behind in it", async () => {
  // A script that any Node.js runs, so it has no types.
  const { testFiles } = await import(new URL("../scripts/test-files.mjs", import.meta.url).href);
  const { pure, alone, heavy }: Record<"pure" | "alone" | "heavy", string[]> = testFiles();
  assert.ok(pure.length > 300 && alone.length > 50 && heavy.length > 20);
  const marks =
    /^(before|after|beforeEach|afterEach)\(|from "node:(child_process|net|http|worker_threads)"|process\.(chdir|env\.\w+ =)|\bmock\./m;
  assert.deepEqual(
    pure.filter((file) => marks.test(readFileSync(path.join(top, file), "utf8"))),
    [],
  );
});

function pagesIn(folder: string): string[] {
  return readdirSync(path.join(top, folder))
    .map((name) => name.replace(/\.md$/, ""))
    .sort();
}
