import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "#core/lint/config-file.ts";
import { withRuleOff } from "#core/lint/rule-off.ts";
import { startingConfig } from "#core/lint/starting-config.ts";

test("a rule is turned off in a file of settings, and everything else stays as it was", () => {
  for (const [before, after] of [
    ["", 'rules:\n  host-bits: "off"\n'],
    ["cluster: v6", 'cluster: v6\nrules:\n  host-bits: "off"\n'],
    [
      "rules: # ours\n    ping-size: error\nexclude: [a]\n",
      'rules: # ours\n    host-bits: "off"\n    ping-size: error\nexclude: [a]\n',
    ],
    ["cluster: v4\r\nrules:\r\n", 'cluster: v4\r\nrules:\r\n  host-bits: "off"\r\n'],
    ["rules:\n  host-bits: off\n", "rules:\n  host-bits: off\n"],
    ["# rules:\n#   x: off\n", '# rules:\n#   x: off\nrules:\n  host-bits: "off"\n'],
  ] as const)
    assert.equal(withRuleOff(before, "host-bits"), after, before);
});

test("where that cannot be said by one more line nothing is written", () => {
  for (const text of [
    "rules: {ping-size: error}\n",
    "rules:\n  host-bits: error\n",
    "{cluster: v6}\n",
    "rules: [\n",
    "- a\n",
  ])
    assert.equal(withRuleOff(text, "host-bits"), undefined, text);
});

test("settings are begun with what is assumed, and are sound as they stand and with every comment taken up", () => {
  const text = startingConfig({ cluster: "dual-v6", kubernetes: "1.34" });
  const { config, problems } = parseConfig(text);
  assert.deepEqual([config.cluster, config.kubernetes, problems], ["dual-v6", 34, []]);
  const all = text.replace(/^# (?=serviceCIDRs|oneCluster|exclude|rules)/gm, "").replace(/^# {3}/gm, "  ");
  const full = parseConfig(all);
  assert.deepEqual(full.problems, []);
  assert.equal(full.config.rules["documentation-prefix"], "off");
  assert.equal(full.config.oneCluster, true);
});
