import assert from "node:assert/strict";
import { test } from "node:test";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";
import { shortened } from "#core/text/shortened.ts";

test("of a long word the beginning is said, and what stands around it", () => {
  const url = `https://example.com/${"a".repeat(200)}`;
  assert.equal(shortened(`see ${url}: write x`), `see ${url}: write x`);
  assert.equal(shortened(`the group ${"1".repeat(5000)}, longer`), `the group ${"1".repeat(100)}... longer`);
  assert.equal(shortened("a ".repeat(5000)), `${"a ".repeat(1500)}...`);
});

test("no message of a rule is as long as what it quotes", () => {
  const workspace = new Workspace(rules);
  for (const long of ["1".repeat(300_000), `fd00::${"1".repeat(300_000)}`, `10.0.0.${"9".repeat(300_000)}`]) {
    const service = `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  clusterIP: "${long}"\n`;
    const policy = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  egress: [{to: [{ipBlock: {cidr: "${long}"}}]}]\n`;
    workspace.open("/w/a.yaml", `${service}---\n${policy}`);
    const findings = workspace.check("/w/a.yaml").flatMap((checked) => checked.findings);
    assert.ok(findings.length >= 2);
    for (const { message, fixes } of findings)
      for (const text of [message, ...fixes.map(({ title }) => title)])
        assert.ok(text.length < 1000, text.slice(0, 200));
  }
});
