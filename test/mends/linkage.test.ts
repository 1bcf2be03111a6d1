/** Who can change an object that is not ours: one command of the command line, and nobody else there. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { root } from "#test/support/bundled.ts";

const writer = join(root, "cluster/src/changes.ts");

test("no command but fix reaches the code that changes objects, by whatever import", () => {
  const commands = readdirSync(join(root, "cli/src/commands")).filter(
    (file) => file.endsWith(".ts") && file !== "index.ts",
  );
  const reaching = commands.filter((file) => reachedFrom(join(root, "cli/src/commands", file)).has(writer));
  assert.deepEqual(reaching, ["fix.ts"]);
  assert.ok(reachedFrom(join(root, "cli/src/commands/diagnose.ts")).size > 300, "the imports were followed");
  assert.ok(!reachedFrom(join(root, "core/src/diagnosis/diagnosis.ts")).has(join(root, "core/src/mends/make.ts")));
});

test("objects are patched in one file, and what is ours in another", () => {
  const files = readdirSync(join(root, "cluster/src")).filter((file) => file.endsWith(".ts") && file !== "index.ts");
  const patching = files.filter((file) =>
    /method: "PATCH"/.test(readFileSync(join(root, "cluster/src", file), "utf8")),
  );
  assert.deepEqual(patching, ["changes.ts", "outposts.ts"]);
});

/** Every source file that is imported from one, at once or later, types left out. */
function reachedFrom(start: string): ReadonlySet<string> {
  const found = new Set([start]);
  for (const file of found) for (const next of importedBy(file)) if (existsSync(next)) found.add(next);
  return found;
}

function importedBy(file: string): string[] {
  const text = readFileSync(file, "utf8").replace(/^import type [^;]*;$/gm, "");
  const names = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([.#][^"]+\.ts)"/g)].map(([, name = ""]) => name);
  return names.map((name) =>
    name.startsWith("#") ? join(root, name.replace(/^#(\w+)\//, "$1/src/")) : join(dirname(file), name),
  );
}
