import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const top = path.resolve(import.meta.dirname, "../..");

test("what creates, changes or deletes stands in five files, and one more asks what its user may", () => {
  const files = globSync("{cluster,core,cli,client,server,files}/src/**/*.ts", { cwd: top });
  assert.ok(files.length > 500);
  const writing = files.flatMap((file) => {
    const verbs = readFileSync(path.join(top, file), "utf8").matchAll(/method: "(POST|PUT|PATCH|DELETE)"/g);
    return [...verbs].map(([, verb]) => `${file.replaceAll(path.sep, "/")} ${verb}`);
  });
  assert.deepEqual(writing.sort(), [
    "cluster/src/changes.ts PATCH",
    "cluster/src/json.ts POST",
    "cluster/src/outpost-removal.ts DELETE",
    "cluster/src/outposts.ts PATCH",
    "cluster/src/outposts.ts POST",
    "cluster/src/run-removal.ts DELETE",
    "cluster/src/workloads.ts POST",
  ]);
  const asking = readFileSync(path.join(top, "cluster/src/json.ts"), "utf8");
  assert.match(asking, /method: "POST",[^}]*path: "\/apis\/authorization\.k8s\.io\/v1\/selfsubjectaccessreviews"/);
});
