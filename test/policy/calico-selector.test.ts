import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseSelector } from "#core/policy/calico-selector.ts";
import { lookupIn } from "#core/policy/labels.ts";

const labels = { app: "web", "k8s.io/tier": "front-end", empty: "" };
const selects = (text: string) => parseSelector(text)?.(lookupIn(labels), true);

const cases: readonly (readonly [string, boolean | undefined])[] = [
  ["", true],
  ["  ", true],
  ["all()", true],
  ["all( )", true],
  ["!all()", false],
  ["!!all()", true],
  ["global()", false],
  ["app == 'web'", true],
  ['app == "web"', true],
  ["app=='web'", true],
  ["app != 'web'", false],
  ["missing != 'web'", true],
  ["missing == ''", false],
  ["empty == ''", true],
  ["has(app)", true],
  ["has( k8s.io/tier )", true],
  ["!has(missing)", true],
  ["app in {'web', 'db'}", true],
  ["app in {}", false],
  ["app in {'db',}", false],
  ["app not in {'db'}", true],
  ["missing not in {'db'}", true],
  ["app contains 'e'", true],
  ["k8s.io/tier starts with 'front'", true],
  ["k8s.io/tier ends with 'end'", true],
  ["missing starts with ''", false],
  ["app == 'db' || app == 'web' && has(missing)", false],
  ["(app == 'db' || app == 'web') && !has(missing)", true],
  ["app == 'web' &&", undefined],
  ["app = 'web'", undefined],
  ["app == web", undefined],
  ["app == 'web", undefined],
  ["(app == 'web'", undefined],
  ["app == 'web')", undefined],
  ["app 'web'", undefined],
  ["has()", undefined],
  ["{app: web}", undefined],
];

for (const [text, expected] of cases)
  test(`${JSON.stringify(text)} ${expected === undefined ? "is refused" : `is ${expected}`}`, () => {
    assert.equal(selects(text), expected);
  });

test("a selector of any length and depth is read or refused", () => {
  assert.equal(parseSelector(`${"(".repeat(50_000)}all()${")".repeat(50_000)}`), undefined);
  assert.equal(parseSelector(`${"!".repeat(5000)}all()`)?.(lookupIn({}), true), true);
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."ab '\"()!=&|{},".split(""), "has(", "all()", " in ", "not ") }),
      (text) => {
        parseSelector(text)?.(lookupIn(labels), true);
      },
    ),
  );
});
