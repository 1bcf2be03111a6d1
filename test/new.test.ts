import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { filesFor } from "../scripts/new.ts";

const top = path.resolve(import.meta.dirname, "..");

const kinds = { rule: 2, cause: 2, "cause with-a-probe": 3, probe: 2, topic: 2, snippet: 1, command: 1 };

test("npm run new writes the files of each kind, which compile", (t) => {
  // Beside the real folders, whose types they are compiled with.
  const folder = mkdtempSync(path.join(top, "test/new-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [what, count] of Object.entries(kinds)) {
    const [kind = "", probe] = what.split(" ");
    const files = filesFor(kind, "made-for-a-test", probe) ?? assert.fail(what);
    assert.equal(Object.keys(files).length, count, what);
    const own = path.join(folder, what.replace(" ", "-"));
    mkdirSync(own);
    const here = (name: string) => name.replaceAll("/", "-");
    for (const [name, text] of Object.entries(files)) {
      const moved = text.replace(/from "(\.\.?\/|#core\/)([^"]+)"/g, (_, from: string, to: string) => {
        const target = from === "#core/" ? `core/src/${to}` : path.posix.join(path.posix.dirname(name), from, to);
        return `from "${target in files ? `./${here(target)}` : path.relative(own, path.join(top, target))}"`;
      });
      // A cause's test names it, which types know once the index is written.
      writeFileSync(path.join(own, here(name)), moved.replaceAll('judge("made-for-a-test"', 'judge("forwarding-off"'));
    }
  }
  const config = JSON.parse(readFileSync(path.join(top, "test/tsconfig.json"), "utf8"));
  const options = { ...config.compilerOptions, noEmit: true, composite: false, emitDeclarationOnly: false };
  writeFileSync(
    path.join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: "../../tsconfig.base.json",
      compilerOptions: { ...options, rootDir: "../.." },
      include: ["**/*.ts"],
    }),
  );
  const tsc = path.join(top, "node_modules/.bin/tsc");
  const types = spawnSync(tsc, ["-p", folder], { cwd: folder, encoding: "utf8" });
  assert.equal(types.status, 0, types.stdout);
});

test("what is no name of a file, or no kind of thing, is refused", () => {
  for (const id of ["Two Words", "../up", "", "x_y", "a--b"]) assert.equal(filesFor("rule", id), undefined, id);
  assert.equal(filesFor("constructor", "x"), undefined);
  assert.equal(filesFor("cause", "x", "../up"), undefined);
  assert.equal(filesFor("rule", "x", "y"), undefined);
});
