import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";

const folder = new URL("../correct/", import.meta.url);

/**
 * What people wrote, and works: nothing is to be said of it that anybody has to act on. What holds for one kind of cluster alone says so in
 * its first line.
 */
describe("what is correct is left alone", () => {
  for (const name of readdirSync(folder))
    for (const cluster of ["unknown", "dual-v4", "dual-v6"] as const)
      it(`${name} for ${cluster}`, () => {
        const workspace = new Workspace(rules, { cluster, kubernetes: 36 });
        workspace.open(name, readFileSync(new URL(name, folder), "utf8"));
        const said = workspace.check(name).flatMap(({ findings, crashes, problems }) => {
          assert.deepEqual([crashes, problems], [[], []]);
          return findings.filter(({ severity }) => severity !== "information");
        });
        assert.deepEqual(
          said.map(({ rule, path, message }) => `${rule} ${path}: ${message}`),
          [],
        );
      });
});
