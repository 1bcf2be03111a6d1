import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Node } from "#core/manifest/node.ts";
import { parseSound } from "#core/manifest/parse.ts";
import { parsePlain } from "#core/manifest/plain.ts";
import { splitDocuments } from "#core/manifest/split.ts";
import { maskTemplates } from "#core/manifest/template.ts";
import { cases, fragment } from "./texts.ts";

const documents = cases.flatMap(([, text]) => {
  const starts = splitDocuments(text);
  return starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
});

test("most documents of the cases are read in one pass, and as the parser of all YAML reads them", () => {
  const read = documents.filter((text) => agrees(text));
  assert.equal(read.length > 0.7 * documents.length, true, `${read.length} of ${documents.length}`);
});

test("so is what is left of them after any few edits: what is wrong is for the other parser to say", () => {
  const piece = fc.oneof(
    fragment,
    fc.constantFrom(..."\n :-#'\"[]{},|>&*!?%@`\\~.=<\t\r0a\u00a0\u2028\ufeff"),
    fc.constantFrom(
      "\n  ",
      "\n- ",
      ": ",
      " #",
      "- - ",
      "---",
      "...",
      "|-\n",
      ">\n    ",
      "a:",
      "''",
      '""',
      "[a, b]",
      "{}",
      "::",
      "<<: *a",
      "{{ .x }}",
      "{{ .x }}: ",
      "[{{ .x }}]",
      ": {{ .x }}",
      ": {{ .x }} # {{ .y }}",
      ": {{ .x }}: {{ .y }}",
      "\n  {}",
      "\n    [a]",
      "\u2019",
    ),
  );
  const edit = fc.record({ at: fc.nat(), removed: fc.nat({ max: 6 }), piece: fc.option(piece, { nil: "" }) });
  let read = 0;
  fc.assert(
    fc.property(fc.constantFrom(...documents), fc.array(edit, { minLength: 1, maxLength: 3 }), (document, edits) => {
      let text = document;
      for (const { at, removed, piece } of edits) {
        const start = at % (text.length + 1);
        text = text.slice(0, start) + piece + text.slice(start + removed);
      }
      if (agrees(text)) read++;
    }),
    { numRuns: 20_000 },
  );
  assert.equal(read > 1500, true, `${read} were read`);
});

test("what comes from a template is read in one pass too", () => {
  for (const text of [
    "name: {{ .Release.Name }}\n",
    "{{ $key }}: {{ $value }}\n",
    "a:\n  - {{ .x }}\n  - b-{{ .x }}: [{{ .y }}, c]\n",
    "a:\n  {}\nb:\n  - c:\n      []\n",
    "# it\u2019s a comment\na: it\u2019s a value\n",
  ])
    assert.equal(agrees(text), true, text);
});

test("what it does not know is left alone", () => {
  for (const text of [
    "a: &x b\n",
    "a: *x\n",
    "a: !!str b\n",
    "a: b\n  c\n",
    'a: "b\\n"\n',
    "a: 'it''s'\n",
    "a:\tb\n",
    "? a\n: b\n",
    "a: [b: c]\n",
    "a: {b: c}\n",
    "a: |2\n  b\n",
    "- \n",
    "a\n",
    "",
    "a: b\n---\nc: d\n",
    "%YAML 1.2\n---\na: b\n",
    "a: b: c\n",
    "a: fd00::\n",
    "a: b\n...\n",
  ])
    assert.equal(parsePlain(text), undefined, text);
});

/** False for what it leaves to the other parser; fails where they do not say the same. */
function agrees(document: string): boolean {
  const text = maskTemplates(document);
  const plain = parsePlain(text);
  if (!plain) return false;
  assert.deepEqual([shape(plain)], parseSound(text).map(shape), text);
  return true;
}

function shape(node: Node): unknown {
  const { kind, start, end } = node;
  if (kind === "scalar") return { start, end, style: node.style, text: node.text };
  const { flow } = node;
  if (kind === "seq") return { start, end, flow, items: node.items.map(shape) };
  return { start, end, flow, pairs: node.pairs.map(({ key, value }) => [shape(key), shape(value)]) };
}
