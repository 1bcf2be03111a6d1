import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import type { Shape } from "#core/addresses/shape.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";

const folder = new URL("../reports/", import.meta.url);
const names = readdirSync(folder);

/**
 * Mistakes that somebody reported in public, each written anew as small as it gets. The head of a file says where, for which cluster, what
 * is right, and what is to be said: all errors and warnings, and the hints that matter.
 */
describe("what people reported is found", () => {
  for (const name of names)
    it(name, () => {
      const text = readFileSync(new URL(name, folder), "utf8");
      const [head = "", ...documents] = text.split(/^---\n/m);
      const says = [...head.matchAll(/^# says: (.*)$/gm)].map((match) => match[1] ?? "");
      const cluster = (/^# cluster: (.*)$/m.exec(head)?.[1] ?? "unknown") as Shape;
      assert.match(head, /^# https:\/\/\S+\n/);
      assert.match(head, /^# right: \S/m);
      const workspace = new Workspace(rules, { cluster, kubernetes: 36 });
      workspace.open(name, documents.join("---\n"));
      const said = workspace
        .check(name)
        .flatMap(({ findings, crashes, problems }) => {
          assert.deepEqual([crashes, problems], [[], []]);
          return findings;
        })
        .map(({ rule, severity, path }) => `${rule} ${severity} ${path}`)
        .filter((line) => !/^\S+ information /.test(line) || says.includes(line));
      assert.deepEqual(said.sort(), says.sort());
    });
  it("there are enough of them", () => assert.ok(names.length >= 93, `${names.length}`));
});
