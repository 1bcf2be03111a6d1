import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseArgs } from "node:util";
import { operations } from "#cli/operations.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";

test("help says each option, in lines that a terminal of 120 characters holds", () => {
  for (const one of operations) {
    const help = usageOf(one);
    assert.ok(help.startsWith(`Usage: kube-ipv6 ${one.name} `) && help.endsWith("\n"), one.name);
    for (const name of Object.keys(one.inputs)) assert.match(help, new RegExp(`^  (?:-\\w, )?--${name}(?: |$)`, "m"));
    const long = help.split("\n").filter((line) => line.length > 120);
    assert.deepEqual(long, [], one.name);
  }
});

test("what is described is what is parsed", () => {
  const one = described({
    name: "x",
    listed: 1,
    summary: "",
    usage: "",
    says: "",
    inputs: {
      file: { short: "f", takes: "FILE", says: "one" },
      rule: { takes: "RULE", repeatable: true, says: "several" },
      quiet: { says: "a switch" },
    },
    exits: { 0: "", 1: "", 2: "", 3: "" },
    writes: "nothing",
  });
  const args = ["-f", "a", "--rule", "b", "--rule", "c", "--quiet"];
  const { values } = parseArgs({ args, options: optionsOf(one) });
  // The types say so, too.
  const file: string | undefined = values.file;
  const rules: readonly string[] | undefined = values.rule;
  const quiet: boolean | undefined = values.quiet;
  assert.deepEqual([file, rules, quiet], ["a", ["b", "c"], true]);
});

test("an operation of the editor is declared", () => {
  const { contributes } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  for (const { editor } of operations)
    if (editor)
      assert.ok(
        contributes.commands.some(({ command }: Record<string, string>) => command === editor),
        editor,
      );
});
