import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { operations } from "#cli/operations.ts";
import { complete } from "#core/operations/completion/complete.ts";

const known = { contexts: () => ["prod", "test"], pages: () => ["host-bits", "forwarding-off"] };
const words = (...typed: string[]) => complete(operations, typed, known).words.map(({ word }) => word);

describe("completion", () => {
  test("names commands, the options that were not given yet, and the words an option takes", () => {
    assert.deepEqual(
      words(""),
      operations.map(({ name }) => name),
    );
    assert.deepEqual(words("di"), ["diagnose"]);
    assert.deepEqual(words("lint", "--format", "s"), ["sarif"]);
    assert.deepEqual(words("lint", "-o", "s"), ["sarif"]);
    assert.deepEqual(words("lint", "--format=s"), ["--format=sarif"]);
    assert.deepEqual(words("diagnose", "--context", ""), ["prod", "test"]);
    assert.deepEqual(words("explain", "host"), ["host-bits"]);
    assert.deepEqual(words("completion", "z"), ["zsh"]);
    assert.ok(!words("diagnose", "-n", "shop", "--").includes("--namespace"));
    assert.ok(words("diagnose", "--outside", "::1", "--").includes("--outside"), "may be given again");
  });

  test("leaves files to the shell where files may stand, and nowhere else", () => {
    const files = (...typed: string[]) => complete(operations, typed, known).files;
    for (const typed of [
      ["lint", ""],
      ["plan", "a"],
      ["lint", "--baseline", ""],
      ["lint", "--baseline=x"],
      ["lint", "--", "-"],
    ])
      assert.equal(files(...typed), true, typed.join(" "));
    for (const typed of [
      ["explain", ""],
      ["diagnose", "--from", ""],
      ["nothing", ""],
      ["diagnose", ""],
    ])
      assert.equal(files(...typed), false, typed.join(" "));
  });

  test("nothing that is typed throws", () => {
    for (const typed of [
      [],
      ["__proto__", ""],
      ["lint", "--constructor=", ""],
      ["lint", "--toString", ""],
      ["lint", "--=x"],
    ])
      complete(operations, typed, known);
  });
});
