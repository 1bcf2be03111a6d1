import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseDocument } from "#core/manifest/document.ts";
import { isSurelySound } from "#core/manifest/sound.ts";
import { splitDocuments } from "#core/manifest/split.ts";
import { cases } from "./texts.ts";

const documents = cases.flatMap(([, text]) => {
  const starts = splitDocuments(text);
  return starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
});

const sound = [
  "a: b\n  that goes on\n",
  "description: |-\n  lines\n\n  more: here\nnext: it\n",
  "description: text that\n  goes on\n\n  behind a blank line\nnext: it\n",
  "a:\n  text on a line of its own\n  and on\n",
  "a: 'it''s\n  on two lines'\nb: \"\\\" and \\\\ and\\\n  on\"\n",
  "- - a: b\n    c:\n    - d\n  - e\n- 'f'\n",
  "a: [b, c] # all\nb: {}\n",
];

test("what people write is told to be sound without parsing it", () => {
  for (const text of sound) assert.equal(isSurelySound(text), true, text);
  const plain = documents.filter((text) => !text.includes("{{"));
  const told = plain.filter((text) => isSurelySound(text));
  assert.equal(told.length > 0.6 * plain.length, true, `${told.length} of ${plain.length}`);
});

test("of nothing that a parser finds something wrong with", () => {
  for (const text of [
    "a: b\n  c: d\n",
    "a: b\n # no\n  c\n",
    "a: b # no\n  c\n",
    "a: 'b\nc: d'\n",
    'a: "\\q"\n',
    "a: 'b' c\n",
    "a:\n  b: c\n d: e\n",
    "kind: A\nspec:\n  name:web\n",
    "a: |\n    b\n  c\n",
    "a: b: c\n",
  ])
    assert.equal(isSurelySound(text), false, text);
});

test("whatever edits are made", () => {
  const pieces = "\n :-#'\"[]{},|>&*!?%@`\\~.=<\t\r0a";
  const piece = fc.oneof(
    fc.constantFrom(...pieces),
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
      "a:b",
      "''",
      "\\n",
      "\n\n",
    ),
  );
  const edit = fc.record({ at: fc.nat(), removed: fc.nat({ max: 6 }), piece: fc.option(piece, { nil: "" }) });
  let told = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...documents, ...sound, ...sound, ...sound),
      fc.array(edit, { minLength: 1, maxLength: 3 }),
      (document, edits) => {
        let text = document;
        for (const { at, removed, piece } of edits) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + piece + text.slice(start + removed);
        }
        if (!isSurelySound(text)) return;
        told++;
        assert.deepEqual(parseDocument(text).problems, [], text);
      },
    ),
    { numRuns: 10_000 },
  );
  assert.equal(told > 1000, true, `${told} were told`);
});
