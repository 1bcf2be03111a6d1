import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";

const source = new URL("../../files/src/kept-code.ts", import.meta.url).href;

/** Two bundles, one of which requires the other, and a folder for what is compiled of them. */
function bundles(t: TestContext, says = "one") {
  const top = mkdtempSync(join(tmpdir(), "kube-ipv6-kept-"));
  t.after(() => rmSync(top, { recursive: true, force: true }));
  const [main, folder] = [join(top, "main.cjs"), join(top, "kept")];
  mkdirSync(folder, { mode: 0o700 });
  write(main, says);
  writeFileSync(
    join(top, "other.cjs"),
    `"use strict";module.exports={path:require("node:path").basename(__filename)};`,
  );
  return { main, folder };
}

function write(main: string, says: string): void {
  writeFileSync(
    main,
    `"use strict";const say=()=>"${says}";console.log(say(),require("./other.cjs").path,require("./other.cjs")===require("./other.cjs"));`,
  );
}

function run(main: string, folder: string, env: Readonly<Record<string, string>> = {}): string {
  const code = `import { canKeep, runKept } from ${JSON.stringify(source)};
if (canKeep) runKept(${JSON.stringify(main)}, ${JSON.stringify(folder)}); else console.log("not kept");`;
  const { NODE_V8_COVERAGE: _, ...rest } = process.env;
  const ran = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
    env: { ...rest, ...env },
  });
  return ran.stdout.trim() + ran.stderr;
}

function keptOf(folder: string, bundle: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith(bundle));
}

describe("bundles run as they were compiled in a run before", () => {
  test("each is kept once, and says the same from then on", (t) => {
    const { main, folder } = bundles(t);
    for (let times = 0; times < 3; times++) {
      assert.equal(run(main, folder), "one other.cjs true");
      assert.equal(keptOf(folder, "main.cjs").length, 1);
      assert.equal(readdirSync(folder).length, 2);
    }
  });

  test("one that was changed is not taken for the one before, even if it is as long", (t) => {
    const { main, folder } = bundles(t);
    run(main, folder);
    write(main, "two");
    assert.equal(run(main, folder), "two other.cjs true");
    assert.equal(keptOf(folder, "main.cjs").length, 2);
  });

  test("what was kept and is no more what it was is compiled anew", (t) => {
    const { main, folder } = bundles(t);
    run(main, folder);
    const file = join(folder, keptOf(folder, "main.cjs")[0] as string);
    const whole = readFileSync(file);
    for (const spoiled of [
      Buffer.alloc(0),
      whole.subarray(0, 7),
      whole.subarray(0, whole.length - 100),
      Buffer.alloc(whole.length),
      Buffer.from(whole.map((byte, index) => (index === whole.length >> 1 ? byte ^ 1 : byte))),
    ]) {
      writeFileSync(file, spoiled);
      assert.equal(run(main, folder), "one other.cjs true");
      assert.notDeepEqual(readFileSync(file), spoiled, "it is kept again");
    }
  });

  test("a stack names the line and the column of the bundle", (t) => {
    const { main, folder } = bundles(t);
    writeFileSync(main, `"use strict";const fail=()=>{throw new Error("no")};\nfail();`);
    for (const _ of ["compiled", "kept"]) {
      const said = run(main, folder);
      assert.ok(said.includes(`${main}:1:36`), said);
      assert.ok(said.includes(`${main}:2:1`), said);
    }
  });

  test("nothing is kept where nothing can be written, or nobody wants it", (t) => {
    const { main, folder } = bundles(t);
    assert.equal(run(main, join(folder, "not-there")), "one other.cjs true");
    assert.equal(run(main, folder, { NODE_DISABLE_COMPILE_CACHE: "1" }), "not kept");
    assert.deepEqual(readdirSync(folder), []);
  });
});
