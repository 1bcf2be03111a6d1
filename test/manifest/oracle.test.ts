import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isAlias, isMap, isScalar, isSeq, parseDocument as parseOracle, stringify, type Node as YamlNode } from "yaml";
import type { Node } from "#core/manifest/node.ts";
import { parseYaml } from "#core/manifest/parse.ts";
import { splitDocuments } from "#core/manifest/split.ts";
import { cases } from "./texts.ts";

/** What a tree says that rules rely on: structure, text, and where scalars are written. */
type Shape = { map: [Shape, Shape][] } | { seq: Shape[] } | { text: string; start: number; end: number };

test("every document of the cases has the structure and the ranges that `yaml` gives it", () => {
  let compared = 0;
  for (const [name, text] of cases) for (const part of documentsOf(text)) if (compare(part, name)) compared++;
  assert.equal(compared > 200, true, `${compared} documents compared`);
});

test("generated YAML of every style has the structure and the ranges that `yaml` gives it", () => {
  const scalar = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ maxLength: 6, unit: "grapheme" }),
    fc.constantFrom(
      "fd00::",
      "::/0",
      "yes",
      "null",
      "010",
      "a: b",
      "# no",
      "- x",
      "line\nline\n",
      " lead",
      "trail ",
      "😀",
    ),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      scalar,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), tie("value"), { maxKeys: 3 }),
    ),
  }));
  const style = fc.record({
    collectionStyle: fc.constantFrom("any" as const, "block" as const, "flow" as const),
    defaultStringType: fc.constantFrom(
      "PLAIN" as const,
      "QUOTE_DOUBLE" as const,
      "QUOTE_SINGLE" as const,
      "BLOCK_LITERAL" as const,
    ),
    indentSeq: fc.boolean(),
    indent: fc.constantFrom(2, 4),
  });
  let compared = 0;
  fc.assert(
    fc.property(value, style, (any, options) => {
      const text = stringify(any, options);
      // `yaml` itself reads a block as the whole of a document other than it wrote it.
      if (typeof any !== "string" && splitDocuments(text).length === 1 && compare(text, "generated")) compared++;
    }),
    { numRuns: 600 },
  );
  assert.equal(compared > 300, true, `${compared} documents compared`);
});

function documentsOf(text: string): string[] {
  const starts = splitDocuments(text);
  return starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
}

/** False for what either of them refuses: the recovering parser reads that. */
function compare(text: string, name: string): boolean {
  const { roots, problems, templated } = parseYaml(text);
  const oracle = parseOracle(text, { uniqueKeys: false, logLevel: "silent" });
  if (templated || problems.length > 0 || oracle.errors.length > 0) return false;
  assert.deepEqual(
    roots.map((root) => shapeOf(root)),
    oracle.contents ? [oracleShape(oracle.contents as YamlNode, text)] : [],
    `${name}\n${text}`,
  );
  return true;
}

function shapeOf(node: Node): Shape {
  if (node.kind === "map") return { map: node.pairs.map(({ key, value }) => [shapeOf(key), shapeOf(value)]) };
  if (node.kind === "seq") return { seq: node.items.map(shapeOf) };
  return place(node.text, node.start, node.end, node.style === "literal" || node.style === "folded");
}

function oracleShape(node: YamlNode | null, text: string): Shape {
  if (isMap(node))
    return {
      map: node.items.map(({ key, value }) => [
        oracleShape(key as YamlNode, text),
        oracleShape(value as YamlNode | null, text),
      ]),
    };
  if (isSeq(node)) return { seq: node.items.map((item) => oracleShape(item as YamlNode, text)) };
  assert.equal(isAlias(node), false);
  if (!isScalar(node) || !node.range) return place("", 0, 0, false);
  const written = node.source ?? "";
  const block = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
  return place(typeof node.value === "string" ? node.value : written, node.range[0], node.range[1], block);
}

/** A value that is not written has no place worth comparing; the two count the first line of a block differently. */
function place(text: string, start: number, end: number, block: boolean): Shape {
  return text === "" && start === end
    ? { text, start: 0, end: 0 }
    : { text, start: block ? 0 : start, end: block ? 0 : end };
}
