import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { bundled, root } from "../support/bundled.ts";

/** Debian's Node.js, which many machines have; `npm test` is started with whatever there is. */
const older = ["/usr/bin/node", process.env.KUBE_IPV6_OLDER_NODE ?? ""].find((path) => {
  if (path === "" || !existsSync(path)) return false;
  const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  return /^v2[0-3]\./.test(stdout);
});

test("the bundles say the same on an older Node.js", { skip: older ? false : "there is none here" }, () => {
  const main = bundled("cli.cjs");
  const run = (node: string, ...args: string[]) => {
    const { stdout, stderr, status } = spawnSync(node, [main, ...args], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 1e8,
    });
    return { status, stderr, stdout };
  };
  for (const args of [
    ["lint", "--format", "json", "test/cases", "examples"],
    ["lint", "--format", "junit", "examples"],
    ["plan", "examples"],
    ["diagnose", "--demo", "--format", "markdown"],
  ]) {
    const [now, then] = [run(process.execPath, ...args), run(older ?? "", ...args)];
    assert.deepEqual(then, now, args.join(" "));
    assert.notEqual(now.stdout, "");
  }
});
