import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { editsOf, fixedAndLeftRows, fixItems, madeTogether } from "#client/fixes/rows.ts";
import type { FixRow } from "#core/editor/messages.ts";

function row(kind: FixRow["kind"], mends: number, line: number, before: string, after: string, from = 2): FixRow {
  const range = { start: { line, character: from }, end: { line, character: from + before.length } };
  return {
    ...{ kind, mends: [mends], rule: "host-bits", message: "must not", title: `Write ${after}`, line },
    changes: [{ before, after }],
    edits: [{ range, newText: after }],
  };
}

describe("the list of fixes", () => {
  const spelling = row("spelling", 0, 4, "[fd00::1]", "fd00::1");
  const readings = [
    row("decision", 1, 9, "10.1.2.3/8", "10.0.0.0/8"),
    row("decision", 1, 9, "10.1.2.3/8", "10.1.2.3/32"),
  ];

  it("has one ticked row a mistake of spelling, and below them, unticked, what needs a decision", () => {
    assert.deepEqual(
      fixItems([...readings, spelling]).map((item) =>
        "separator" in item ? item.separator : [item.picked, item.description, item.detail],
      ),
      [
        "Spelling",
        [true, "line 5  host-bits", "[fd00::1] \u2192 fd00::1  (must not)"],
        "Needs your decision",
        [false, "line 10  host-bits", "10.1.2.3/8 \u2192 10.0.0.0/8  (must not)"],
        [false, "line 10  host-bits", "10.1.2.3/8 \u2192 10.1.2.3/32  (must not)"],
      ],
    );
    assert.deepEqual(fixItems([]), []);
  });

  it("says what is added and what is taken away, on one line", () => {
    const [, added] = fixItems([row("decision", 0, 1, "", "- ipBlock:\n    cidr: ::/0")]);
    assert.ok(added && "detail" in added && added.detail.startsWith("+ - ipBlock: cidr: ::/0"));
    const many = "\n- to:\n  - namespaceSelector: {}\n  ports:\n  - port: 53";
    const [, block] = fixItems([row("decision", 0, 1, "", many)]);
    assert.ok(block && "detail" in block && block.detail === "adds 4 lines  (must not)");
    const [, gone] = fixItems([row("decision", 0, 1, "- IPv6", "")]);
    assert.ok(gone && "detail" in gone && gone.detail.startsWith("\u2212 - IPv6"));
  });

  it("of two readings takes the first, and the same edit once", () => {
    assert.deepEqual(madeTogether([spelling, ...readings]), [spelling, readings[0]]);
    const twice = [row("spelling", 2, 6, "x", "y"), row("spelling", 3, 6, "x", "y")];
    assert.equal(madeTogether(twice).length, 2);
    assert.equal(editsOf(twice).length, 1);
  });

  it("counts findings, not readings", () => {
    const rows = [spelling, ...readings, row("decision", 2, 12, "a", "b")];
    assert.equal(fixedAndLeftRows(rows, [spelling]), "1 fixed, 2 left for you");
    assert.equal(fixedAndLeftRows(rows, [spelling, readings[1] as FixRow]), "2 fixed, 1 left for you");
  });
});
