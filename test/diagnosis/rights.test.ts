import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { accessLevels } from "#core/cluster/cluster.ts";
import { roleFor } from "#core/diagnosis/least-role.ts";
import { needed } from "#core/diagnosis/rights.ts";
import { here } from "../cli/cli.ts";

const core = new URL("../../core/src/", import.meta.url).pathname;

test("every kind that a probe or a cause reads stands in the table of rights", () => {
  const known = new Set(needed.flatMap(({ resources }) => resources));
  let read = 0;
  for (const room of ["probes", "judging", "causes", "diagnosis", "probing"])
    for (const file of readdirSync(join(core, room)).filter((name) => name.endsWith(".ts")))
      for (const [, resource = ""] of readFileSync(join(core, room, file), "utf8").matchAll(
        /\bresource: "([a-z/]+)"/g,
      )) {
        read++;
        assert.ok(known.has(resource), `${room}/${file} reads ${resource}`);
      }
  assert.ok(read > 20, "the files were read");
});

test("a level has what the ones before it have, and only those that create may", () => {
  let before: string[] = [];
  for (const level of accessLevels) {
    const rights = rightsIn(roleFor(level, undefined, []));
    assert.deepEqual(
      before.filter((right) => !rights.includes(right)),
      [],
      level,
    );
    before = rights;
  }
  assert.ok(rightsIn(roleFor("api", undefined, ["tree"])).every((right) => /^(?:get|list|watch) /.test(right)));
  assert.ok(
    rightsIn(roleFor("exec", undefined, ["tree"])).every((right) =>
      /^(?:get|list|watch) |^create pods\/exec$/.test(right),
    ),
  );
});

test("a Role is of one namespace, and asks for nothing that no Role can give", async () => {
  const { out, code } = await here(["rbac", "--access", "probe-pod", "-n", "shop"]);
  assert.equal(code, 0);
  const role = parse(out);
  assert.deepEqual([role.kind, role.metadata.namespace], ["Role", "shop"]);
  assert.doesNotMatch(out, /"(?:nodes|namespaces|global|ippools)/);
  for (const args of [[], ["--access", "root"], ["--access", "api", "-n", "a: b"], ["--access", "api", "x"]])
    assert.equal((await here(["rbac", ...args])).code, 2, args.join(" "));
});

function rightsIn(lines: readonly string[]): string[] {
  const { rules } = parse(lines.join("\n")) as { rules: { resources: string[]; verbs: string[] }[] };
  return rules.flatMap(({ resources, verbs }) => resources.flatMap((one) => verbs.map((verb) => `${verb} ${one}`)));
}
