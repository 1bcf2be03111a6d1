import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { bundled } from "../support/bundled.ts";

/** What reaches a server with credentials of every kind, directly and through proxies. */
const ways = ["connection", "credentials", "exec-plugin", "proxy", "list", "exec"];

test("the bundle reaches a server by every way that the sources do", () => {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout } = spawnSync(
    process.execPath,
    ["--test", ...ways.map((name) => join(import.meta.dirname, `${name}.test.ts`))],
    { env: { ...env, KUBE_IPV6_CLUSTER_BUNDLE: bundled("cluster.cjs") }, encoding: "utf8" },
  );
  assert.equal(status, 0, stdout);
});
