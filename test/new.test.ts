import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, it, test } from "node:test";
import { filesFor } from "../scripts/new.ts";

const top = path.resolve(import.meta.dirname, "..");

describe("npm run new", () => {
  for (const kind of ["rule", "cause", "probe", "topic", "snippet", "command"])
    it(`writes a ${kind} and its test, which compile and are laid out as all others`, (t) => {
      const count: Readonly<Record<string, number>> = { cause: 2, snippet: 1, command: 1 };
      const files = filesFor(kind, "made-for-a-test") ?? assert.fail();
      assert.equal(Object.keys(files).length, count[kind] ?? 2);
      // Beside the real folders, whose types they are compiled with.
      const folder = mkdtempSync(path.join(top, "test/new-"));
      t.after(() => rmSync(folder, { recursive: true }));
      for (const [name, text] of Object.entries(files)) {
        const from = path.relative(folder, path.join(top, path.dirname(name)));
        const moved = text.replace(/from "(\.\.?\/[^"]+)"/g, (_, to: string) => `from "${path.join(from, to)}"`);
        // A cause's test names it, which types know once the index is written.
        const known = moved.replaceAll('judge("made-for-a-test"', 'judge("forwarding-off"');
        const own = known.replaceAll(/#core\/[\w/-]*made-for-a-test\.ts/g, "./source.ts");
        writeFileSync(path.join(folder, /^(?:core|client)\//.test(name) ? "source.ts" : "own.ts"), own);
      }
      const config = JSON.parse(readFileSync(path.join(top, "test/tsconfig.json"), "utf8"));
      const options = { ...config.compilerOptions, noEmit: true, composite: false, emitDeclarationOnly: false };
      writeFileSync(
        path.join(folder, "tsconfig.json"),
        JSON.stringify({
          extends: "../../tsconfig.base.json",
          compilerOptions: { ...options, rootDir: "../.." },
          include: ["*.ts"],
        }),
      );
      const run = (program: string, ...args: string[]) =>
        spawnSync(path.join(top, "node_modules/.bin", program), args, { cwd: folder, encoding: "utf8" });
      const types = run("tsc", "-p", folder);
      assert.equal(types.status, 0, types.stdout);
    });
});

test("what is no name of a file, or no kind of thing, is refused", () => {
  for (const id of ["Two Words", "../up", "", "x_y", "a--b"]) assert.equal(filesFor("rule", id), undefined, id);
  assert.equal(filesFor("constructor", "x"), undefined);
});
