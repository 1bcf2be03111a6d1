import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { shapes } from "#core/addresses/shape.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";
import { misplaced } from "#test/support/place-of-finding.ts";

const folder = new URL("../cases/", import.meta.url);
const manifests: readonly (readonly [name: string, text: string])[] = [
  ...readdirSync(folder)
    .filter((name) => name !== "cases.json")
    .map((name) => [name, readFileSync(new URL(name, folder), "utf8")] as const),
  ...rules.map(({ id, rule }) => [`${id}.yaml`, rule.example.bad] as const),
];

describe("the path and the range of a finding agree", () => {
  for (const [name, text] of manifests)
    it(name, () => {
      for (const cluster of shapes) {
        const workspace = new Workspace(rules, { cluster, kubernetes: 36 });
        workspace.open(name, text);
        for (const { document, findings } of workspace.check(name))
          assert.deepEqual(
            findings.flatMap((finding) => misplaced(finding, document.resources, document.text) ?? []),
            [],
          );
      }
    });
});
