import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDocument } from "#core/manifest/document.ts";
import { parseYaml } from "#core/manifest/parse.ts";

test("inside brackets and quotes a line may be as little indented as the parser of kubectl lets it be", () => {
  for (const newline of ["\n", "\r\n"]) {
    const text = "spec:\n  args: [\n    a, 'b\n  c',\n  ]\n  config: '{\n    \"d\": 1\n  }'\n  e: [f\n]\n".replaceAll(
      "\n",
      newline,
    );
    const { problems, resources } = parseDocument(text);
    assert.deepEqual(problems, []);
    // What is folded keeps its blanks here.
    const read = JSON.stringify(resources[0]?.toJSON()).replace(/ +/g, " ");
    assert.deepEqual(JSON.parse(read), { spec: { args: ["a", "b c"], config: '{ "d": 1 }', e: ["f"] } });
    assert.equal(text.slice(resources[0]?.get("spec", "e", 0)?.start).startsWith("f"), true);
  }
});

test("what never ends is as wrong as before, and told at the same place", () => {
  const text = "spec:\n  args: [\n    a,\n  b: 1\nc: 2\n";
  const [problem, ...more] = parseDocument(text).problems;
  assert.deepEqual(more, []);
  assert.ok(problem && problem.start > text.indexOf("["));
  assert.equal(parseDocument("spec:\n  args: [a, # why\n  ]\n  b: 1\n").problems.length > 0, true);
});

test("what nests without end is left out by the parser that counts, and not given to one that goes down all of it", () => {
  const { roots, problems, recovered } = parseYaml(`a: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`);
  assert.equal(recovered, undefined);
  assert.deepEqual(roots, []);
  assert.match(problems[0]?.message ?? "", /nesting .* left out$/);
});
