import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { parseDocument } from "#core/manifest/document.ts";
import { rules } from "#core/rules/index.ts";
import { findingsOf, fixAll, settingOf } from "#test/support/testing.ts";

const catalogue: readonly { readonly code: string }[] = JSON.parse(
  readFileSync(new URL("../../scripts/catalogue.json", import.meta.url), "utf8"),
);
const numbers = new Set(catalogue.map(({ code }) => code));

/** The documentation shows each rule's example, so each is run: `bad` is reported, the fix writes `good`, `good` is quiet. */
describe("examples of the rules", () => {
  for (const { id, rule } of rules) {
    const { bad, good } = rule.example;
    const setting = settingOf(rule.example);
    it(id, () => {
      const findings = findingsOf(rule, id, bad, setting);
      assert.notEqual(findings.length, 0, "bad is reported");
      assert.deepEqual(findingsOf(rule, id, good, setting), [], "good is quiet");
      if (findings.some(({ fixes }) => fixes.length > 0))
        assert.equal(fixAll(bad, id, rule, setting), good, "the fix writes good");
      assert.deepEqual(parseDocument(good).problems, [], "good is sound YAML");
      assert.match(rule.source, /^https:\/\//);
      assert.deepEqual(
        (rule.codes ?? []).filter((code) => !numbers.has(code)),
        [],
        "these numbers are not in scripts/catalogue.json",
      );
    });
  }
});
