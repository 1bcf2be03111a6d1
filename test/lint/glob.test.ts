import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "#core/lint/config-file.ts";
import { matchesGlob } from "#core/lint/glob.ts";

const yes: readonly [string, string][] = [
  ["a.yaml", "a.yaml"],
  ["a.yaml", "*.yaml"],
  ["a.yaml", "?.yaml"],
  ["a.yaml", "./a.yaml"],
  ["a/b.yaml", "a/*"],
  ["a/b/c.yaml", "a/**"],
  ["a/b/c.yaml", "**"],
  ["c.yaml", "**/c.yaml"],
  ["a/b/c.yaml", "**/c.yaml"],
  ["a/x/b/x/c.yaml", "a/**/x/*.yaml"],
  ["a/b/a/b/c", "**/a/b/c"],
  ["charts/shop/templates/web.yaml", "charts/*/templates/**"],
  ["aXbXc", "a*b*c"],
  [".hidden/a.yaml", "**/*.yaml"],
  ["a(1)+.yaml", "a(1)+.yaml"],
];
const no: readonly [string, string][] = [
  ["a/b.yaml", "*.yaml"],
  ["a/b.yaml", "a?b.yaml"],
  ["a/b/c.yaml", "a/*"],
  ["a.yaml", "b/**"],
  ["a.yml", "*.yaml"],
  ["a.yaml", "**/b.yaml"],
  ["aXbX", "a*b*c"],
  ["A.yaml", "a.yaml"],
  ["ab", "a**c"],
  ["a", ""],
];

test("a glob is made of *, ** and ?", () => {
  for (const [path, glob] of yes) assert.equal(matchesGlob(path, glob), true, `${path} ${glob}`);
  for (const [path, glob] of no) assert.equal(matchesGlob(path, glob), false, `${path} ${glob}`);
});

test("what costs other matchers for ever ends at once", () => {
  const name = "a".repeat(255);
  const path = Array(16).fill(name).join("/");
  for (const glob of ["*a".repeat(400), "**/".repeat(300), `${"**/*a/".repeat(100)}b`, "?*".repeat(400)])
    assert.equal(matchesGlob(path, `${glob}b`), false);
});

test("a pattern of another kind, or one too long, is a sentence about the settings, and the others hold", () => {
  const wrong = ["{1..9999999}", "[".repeat(5_000), "+(+(*))", "!a", "a\\b", "x".repeat(70_000)];
  const { config, problems } = parseConfig(`exclude: ${JSON.stringify([...wrong.slice(0, 5), "ok/**", wrong[5]])}\n`);
  assert.deepEqual(config.exclude, ["ok/**"]);
  assert.equal(problems.length, wrong.length);
  for (const problem of problems) assert.ok(problem.message.length < 150, problem.message);
  const many = parseConfig(`exclude: ${JSON.stringify(Array(5_000).fill("abc/**"))}\n`);
  assert.ok(many.config.exclude.length < 2_000);
  assert.match(many.problems.map(({ message }) => message).join(), /longer than 10000 characters together/);
});
