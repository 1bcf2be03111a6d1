import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Want } from "#core/probing/bundle.ts";
import { isMissing, runners, runProgram } from "./run-program.ts";

const texts = {
  short: "nameserver fd00:10:96::a\n",
  empty: "",
  unended: "search  svc.corp.local\n\toptions \\n ndots:5 ",
  gaps: "\n\n  a\n\n",
  long: Array.from({ length: 200 }, (_, line) => `${line}: eth0 fd00:10:244:${line}::1 \\\n`).join(""),
};

for (const runner of runners.filter(({ name }) => name === "dash" || name === "mksh"))
  describe(`${runner.name} reads files`, { skip: isMissing(runner) }, () => {
    it("by itself where they are short, and a longer one whole", async (t) => {
      const folder = mkdtempSync(join(tmpdir(), "files-"));
      t.after(() => rmSync(folder, { recursive: true }));
      const started = join(folder, "started");
      writeFileSync(started, "");
      for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
      const wants = Object.keys(texts).map((name): Want => ({ op: "file", path: join(folder, name) }));
      const scripts = { cat: `echo cat >>${started}; exec /bin/cat "$@"` };
      const only = (runner.only ?? []).filter((program) => program !== "cat");
      const { reading } = await runProgram({ ...runner, only, scripts }, wants);
      for (const [name, text] of Object.entries(texts)) {
        const read = reading.file(join(folder, name));
        assert.equal(read.ok ? read.value : read.refusal.message, text, name);
      }
      assert.equal(readFileSync(started, "utf8"), "cat\n");
    });
  });
