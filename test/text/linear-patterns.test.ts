import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { parse, type Token } from "acorn";
import { analyse } from "scslre";

/** What is never given a long text, and why. */
const boundedInputs: Readonly<Record<string, string>> = {
  "core/src/literals/table/values.ts": "longestKey of address-fields.ts",
  "core/src/manifest/pattern-runs.ts": "patterns of our own rules",
};

test("no pattern takes time by the square of a text's length", () => {
  const places = ["core", "server", "cluster", "cli", "client"].flatMap((program) =>
    readdirSync(path.join(program, "src"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => path.posix.join(program, "src", name.replaceAll(path.sep, "/"))),
  );
  const found = places.flatMap((place) =>
    superLinear(readFileSync(place, "utf8")).map((pattern) => ({ place, pattern })),
  );
  assert.deepEqual(
    found.filter(({ place }) => !(place in boundedInputs)),
    [],
  );
  assert.deepEqual(
    Object.keys(boundedInputs).filter((place) => !found.some((one) => one.place === place)),
    [],
    "excuses that nothing needs",
  );
});

test("patterns that do are found, wherever they stand", () => {
  assert.deepEqual(superLinear("const found = (text as string) / 2 + Number(/[\\w.]*disable=1/.test(text));"), [
    "/[\\w.]*disable=1/",
  ]);
  assert.deepEqual(superLinear("f(/^a*a*b$/, /^(?:a+)+$/, /^a+$/, /(?<!a)a+b/g);"), ["/^a*a*b$/", "/^(?:a+)+$/"]);
});

function superLinear(typescript: string): string[] {
  const patterns: { pattern: string; flags: string }[] = [];
  const onToken = ({ type, value }: Token & { value?: { pattern: string; flags: string } }) => {
    if (type.label === "regexp" && value) patterns.push(value);
  };
  parse(stripTypeScriptTypes(typescript), { ecmaVersion: "latest", sourceType: "module", onToken });
  return patterns
    .filter(({ pattern, flags }) => analyse({ source: pattern, flags }, { maxReports: 1 }).reports.length > 0)
    .map(({ pattern, flags }) => `/${pattern}/${flags}`);
}
