import assert from "node:assert/strict";
import { test } from "node:test";
import { configCompletionsAt } from "#core/editor/config-completion.ts";

const rules = [{ id: "host-bits", summary: "Bits beyond the length" }];

/** `|` is the cursor. */
function offered(marked: string): string[] {
  const offset = marked.indexOf("|");
  return configCompletionsAt(marked.replace("|", ""), offset, rules).map(({ insert }) => insert);
}

test("settings, names of rules and their words are offered in a file of settings, and no manifests", () => {
  assert.ok(offered("clu|").includes("cluster: "));
  assert.ok(offered("cluster: v6\n|").includes("rules:\n  "));
  assert.deepEqual(offered("rules:\n  ho|"), ["host-bits: "]);
  assert.deepEqual(offered("rules:\n  host-bits: |"), ['"off"', "error", "warning", "information"]);
  assert.ok(offered("cluster: d|").includes("dual-v4"));
  assert.deepEqual(offered("oneCluster: |"), ["true", "false"]);
  assert.deepEqual(offered("kubernetes: |"), []);
  assert.deepEqual(offered("exclude:\n  - |"), []);
});
