import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

const source = new URL("../../cli/src/optimize-later.ts", import.meta.url).href;

test("what is kept at the end of a run that optimizes later is for every run", () => {
  // Its fourth word says with which flags V8 compiled it.
  const code = `import { optimizeLater } from ${JSON.stringify(source)};
import { Script } from "node:vm";
const flags = () => new Script("0").createCachedData().subarray(12, 16).toString("hex");
const before = flags();
process.once("exit", () => console.log(flags() === before ? "the same" : "others"));
optimizeLater();`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
  assert.equal(stdout + stderr, "the same\n");
});
