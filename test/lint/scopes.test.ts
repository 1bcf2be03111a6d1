import assert from "node:assert/strict";
import { test } from "node:test";
import { ranges } from "#core/facts/ranges.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";

const pool = (range: string) =>
  `apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: p${range.length}}\nspec: {addresses: ["${range}"]}\n`;

test("of a folder whose files are closed nothing is kept, and what is opened again is known again", () => {
  const workspace = new Workspace(rules);
  const known = () => workspace.everywhere(ranges).map((all) => all.length);
  const around = (name: string) => workspace.all(name, ranges).length;
  for (let folder = 0; folder < 100; folder++) {
    workspace.open(`/${folder}/a.yaml`, pool("fd00:5::/64"));
    workspace.open(`/${folder}/b.yaml`, pool("fd00:5::/120"));
  }
  assert.equal(known().length, 100);
  assert.equal(around("/7/a.yaml"), 2);
  for (let folder = 0; folder < 100; folder++) workspace.close(`/${folder}/a.yaml`);
  assert.equal(known().length, 100);
  assert.equal(around("/7/b.yaml"), 1);
  for (let folder = 0; folder < 100; folder++) workspace.close(`/${folder}/b.yaml`);
  assert.equal(known().length, 0);
  workspace.open("/7/a.yaml", pool("fd00:5::/64"));
  workspace.open("/7/b.yaml", pool("fd00:5::/120"));
  assert.equal(around("/7/a.yaml"), 2);
});
