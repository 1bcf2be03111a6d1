import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { configSettings, parseConfig } from "#core/lint/config-file.ts";
import { startingConfig } from "#core/lint/starting-config.ts";

const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const schema = JSON.parse(file("docs/kube-ipv6.schema.json"));

/** What the schema says against a value, as far as it says anything. */
function violations(value: unknown, of = schema): string[] {
  const types = of.type === undefined ? undefined : [of.type].flat();
  const is = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
  if (types && !types.includes(is)) return [`${JSON.stringify(value)} is no ${types}`];
  if (of.enum && !of.enum.includes(value)) return [`${JSON.stringify(value)} is none of ${of.enum}`];
  if (of.pattern && typeof value === "string" && !new RegExp(of.pattern).test(value))
    return [`${value}: ${of.pattern}`];
  if (Array.isArray(value)) return value.flatMap((item) => violations(item, of.items ?? {}));
  if (is !== "object") return [];
  return Object.entries(value as object).flatMap(([key, field]) => {
    const property = of.properties?.[key] ?? of.additionalProperties;
    return property === false ? [`there is no ${key}`] : violations(field, property ?? {});
  });
}

test("the schema and the reader of .kube-ipv6.yaml agree on what is right and what is not", () => {
  assert.deepEqual(Object.keys(schema.properties), Object.keys(configSettings));
  const readme = /```yaml\n(kubernetes:[\s\S]*?)```/.exec(file("README.md"))?.[1] ?? "";
  const names = new Set(Object.keys(schema.properties.rules.properties));
  for (const text of [readme, startingConfig({ cluster: "v6", kubernetes: "1.36" }), "kubernetes: v1.34.2\n", "{}\n"]) {
    assert.deepEqual(violations(parse(text)), [], text);
    assert.deepEqual(parseConfig(text, names).problems, [], text);
  }
  for (const text of [
    "kubernetes: new",
    "cluster: dual",
    "rules: {host-bits: fatal}",
    "nonsense: 1",
    "kubernetes: '2.0'",
  ]) {
    assert.notDeepEqual(violations(parse(text)), [], text);
    assert.notDeepEqual(parseConfig(`${text}\n`, names).problems, [], text);
  }
});

test("a rule that does not exist is underlined by its name", () => {
  const text = "rules:\n  host-bitz: off\n  host-bits: off\n";
  const [problem, ...more] = parseConfig(text, new Set(["host-bits"])).problems;
  assert.equal(more.length, 0);
  assert.equal(text.slice(problem?.start, problem?.end), "host-bitz");
  assert.deepEqual(parseConfig(text).problems, [], "where nobody knows the rules nothing is said");
});
