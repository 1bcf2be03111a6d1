import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const top = path.resolve(import.meta.dirname, "..");

function idsIn(folder: string): string[] {
  return readdirSync(path.join(top, folder))
    .filter((name) => name.endsWith(".ts") && name !== "index.ts")
    .map((name) => name.slice(0, -3));
}

test("every rule has a test of its own", () => {
  const ids = idsIn("core/src/rules");
  assert.ok(ids.length > 100);
  assert.deepEqual(
    ids.filter((id) => !existsSync(path.join(top, `test/rules/${id}.test.ts`))),
    [],
  );
});
