import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Want } from "#core/probing/bundle.ts";
import type { ProgramWant } from "#core/probing/want.ts";
import { isMissing, runners, runProgram } from "./run-program.ts";

const shells = runners.filter(({ strategy }) => strategy === "sh").map((one) => ({ ...one, only: undefined }));

/** Programs that an agent's image may have, each a script. */
let folder = "";
const scripts = {
  "says-what": 'printf "%s|" "$@"',
  "prints-much": "exec yes 0123456789",
  hangs: "echo begun; exec sleep 60",
  refuses: 'echo "Error: connect: connection refused" >&2; exit 1',
  listens: "echo Listening; while :; do echo tick; sleep 0.1; done",
  leaves: "echo Listening",
};
const program = (name: keyof typeof scripts | "is-not-there", more: Partial<ProgramWant> = {}): ProgramWant => ({
  op: "program",
  names: [join(folder, name)],
  args: [],
  seconds: 1,
  kilobytes: 1000,
  most: 20_000,
  ...more,
});

before(() => {
  folder = mkdtempSync(join(tmpdir(), "programs-"));
  for (const [name, text] of Object.entries(scripts))
    writeFileSync(join(folder, name), `#!/bin/sh\necho $$ >>${folder}/pids\n${text}\n`, { mode: 0o755 });
});
after(() => rmSync(folder, { recursive: true }));

/** Whether a process of a script of ours still runs; what has ended may be a zombie of whoever started it. */
function anyLeft(): boolean {
  const pids = existsSync(join(folder, "pids")) ? readFileSync(join(folder, "pids"), "utf8").trim().split("\n") : [];
  return pids.some((pid) => {
    try {
      return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
      return false;
    }
  });
}

for (const runner of shells)
  describe(`${runner.name} lets a program of the container speak`, { skip: isMissing(runner) }, () => {
    it("with its arguments as they are, one after the other", async () => {
      const plain = program("says-what", { args: ["-o", "json", "*", "$(id)", "a b;c", "[fd00::1]:80"] });
      const other = program("says-what", { names: ["cilium-of-tomorrow", join(folder, "says-what")], args: ["2"] });
      const { reading } = await runProgram(runner, [plain, other, program("is-not-there"), program("refuses")]);
      assert.deepEqual(reading.program(plain), {
        ok: true,
        value: { text: "-o|json|*|$(id)|a b;c|[fd00::1]:80|", cut: false },
      });
      assert.deepEqual(reading.program(other), { ok: true, value: { text: "2|", cut: false } });
      const missing = reading.program(program("is-not-there"));
      assert.equal(!missing.ok && missing.refusal.reason, "no-command");
      const refusing = reading.program(program("refuses"));
      assert.match(refusing.ok ? refusing.value.text : "", /connection refused/);
    });

    it("for as long and as much as it may, and leaves none of them", async () => {
      const much = program("prints-much", { seconds: 5 });
      const hanging = program("hangs");
      const { reading, stdout, exitCode } = await runProgram(runner, [hanging, much]);
      assert.equal(exitCode, 0);
      const all = reading.program(much);
      assert.equal(all.ok && all.value.cut, true);
      assert.ok(stdout.length < 21_000, `${stdout.length} bytes came`);
      const hung = reading.program(hanging);
      assert.equal(!hung.ok && hung.refusal.reason, "timeout");
      assert.equal(anyLeft(), false);
    });

    it("beside the hold, up to its end", async () => {
      const wants: Want[] = [program("listens", { during: true }), { op: "hold", seconds: 5 }];
      const { reading } = await runProgram(runner, wants, { ends: true });
      const heard = reading.program(program("listens", { during: true }));
      assert.match(heard.ok ? heard.value.text : "", /^Listening\ntick/);
      assert.equal(anyLeft(), false);
      const early: Want[] = [program("leaves", { during: true }), { op: "hold", seconds: 5 }];
      const left = await runProgram(runner, early, { ends: true });
      const silent = left.reading.program(program("leaves", { during: true }));
      assert.match(silent.ok ? "" : silent.refusal.message, /ended before the dial did: Listening/);
    });

    it("and ends it where nobody listens any more", async () => {
      const { exitCode } = await runProgram(runner, [program("hangs", { seconds: 20 })], { silentAfter: 300 });
      assert.equal(exitCode, 75);
      assert.equal(anyLeft(), false);
    });
  });
