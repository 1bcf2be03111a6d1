import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "./cli.ts";

const root = join(import.meta.dirname, "../..");

test("what npm packs, as pre-commit installs it, runs by itself and asks for nothing else", (t) => {
  const cwd = folder(t, {
    "web.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ipFamilies: [IPv5]}\n",
  });
  const packed = run("npm", ["pack", "--ignore-scripts", "--pack-destination", cwd, root], cwd);
  assert.equal(run("tar", ["xf", packed.out.trim().split("\n").at(-1) ?? ""], cwd).code, 0);
  const { code, out } = run(process.execPath, ["package/dist/cli.cjs", "lint", "web.yaml"], cwd);
  assert.match(out, /web\.yaml:4:\d+ error/);
  assert.equal(code, 1);
});

function run(
  program: string,
  args: readonly string[],
  cwd: string,
): { readonly code: number | null; readonly out: string } {
  const { status, stdout, error } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (error) throw error;
  return { code: status, out: stdout };
}
