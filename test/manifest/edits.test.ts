import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits } from "#core/manifest/apply.ts";
import { type Document, parseDocument } from "#core/manifest/document.ts";
import type { Edit } from "#core/manifest/edit.ts";
import type { Field } from "#core/manifest/field.ts";
import { cases } from "./texts.ts";

const runs = { numRuns: Number(process.env.FC_RUNS ?? 300) };

/** Sound documents of the cases, with the line ends files have, and some written by hand in the styles that are rare there. */
const styles = [
  "# top\nkind: X\nspec: # about\n  - a: 1 # one\n    b: 2\n\n  # between\n  - c: {d: 1, e: [2, 3]}\n  - - x\n    - y\n",
  "kind: X\nlist:\n- one # first\n- two\n- three: 3\n  four: 4\nmap: {a: b, c: 'd''e', \"f\": \"g\\n\"}\nempty: {}\nnone: []\n",
  "kind: X\nblock: |\n  one\n  two\nfolded: >-\n  a\n  b\nlast: ~",
  "kind: X\nmulti: [a,\n  b,\n  c]\nother: {a: 1,\n  b: 2 }\nplain: one\n  two\n",
  "kind: X\nnull1:\nnull2: # comment\nlist:\n  -\n  - a\n",
  "kind: List\nitems:\n- kind: A\n  spec: {a: 1}\n- kind: B\n  spec:\n    list: [x]\n",
];
const sound = [
  ...styles,
  ...cases.flatMap(([name, text]) => (name.includes("duplicate-key") ? [] : text.split(/^---.*\n/m))),
].filter((text) => {
  const { problems, resources } = parseDocument(text);
  return problems.length === 0 && resources.length > 0 && !/[&*]\w|<<:|\{\{/.test(text);
});

const document = fc
  .tuple(fc.oneof(fc.constantFrom(...sound), fc.constantFrom(...styles)), fc.constantFrom("\n", "\r\n"), fc.boolean())
  .map(([text, newline, ended]) => (ended ? text : text.replace(/\n$/, "")).replaceAll("\n", newline));

const choice = fc.nat({ max: 10_000 });
const word = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    "fd00::",
    "::/0",
    "::",
    "[::]:80",
    "0.0.0.0/0",
    "yes",
    "null",
    "",
    "a: b",
    "x #y",
    "it's",
    '"',
    "- a",
    "010",
    "1e3",
    "0x10",
    "=",
    "<<",
    "2001-01-01",
    "a\nb",
  ),
);

test("replacing a scalar changes that value alone", () => {
  fc.assert(
    fc.property(document, choice, word, (text, number, by) => {
      const field = pick(scalarsOf(text), number);
      if (!field) return;
      check(text, field.replace(by), field, (holder, step) => {
        holder[step] = by;
      });
    }),
    runs,
  );
});

test("removing an entry or an item removes that alone", () => {
  fc.assert(
    fc.property(document, choice, (text, number) => {
      const field = pick(inner(text), number);
      if (!field) return;
      check(text, field.remove(), field, (holder, step) => {
        if (Array.isArray(holder)) holder.splice(step as number, 1);
        else delete holder[step];
      });
    }),
    runs,
  );
});

test("renaming a key changes the key alone", () => {
  fc.assert(
    fc.property(
      document,
      choice,
      fc.oneof(fc.constantFrom("cidrs", "a b", "yes", "x:y", "#z", "1"), fc.constant("new")),
      (text, number, key) => {
        const field = pick(
          inner(text).filter(({ step }) => typeof step === "string"),
          number,
        );
        if (!field) return;
        check(text, field.rename(key), field, (holder, step) => {
          const entries = Object.entries(holder).map(([name, value]) => [name === step ? key : name, value]);
          for (const name of Object.keys(holder)) delete holder[name];
          Object.assign(holder, Object.fromEntries(entries));
        });
      },
    ),
    runs,
  );
});

test("a sibling is written behind an entry or an item", () => {
  fc.assert(
    fc.property(document, choice, fc.constantFrom("one", "lines"), (text, number, what) => {
      const field = pick(inner(text), number);
      if (!field) return;
      const [yaml, value] =
        what === "one" ? ["zz: ::/0", { zz: "::/0" }] : ["zz:\n  yy: [1]\n  xx: w", { zz: { yy: [1], xx: "w" } }];
      check(text, field.insertAfter(yaml), field, (holder, step) => {
        if (Array.isArray(holder)) holder.splice((step as number) + 1, 0, value);
        else Object.assign(holder, value);
      });
    }),
    runs,
  );
});

test("an entry or an item is written at the end of a collection", () => {
  fc.assert(
    fc.property(document, choice, (text, number) => {
      const field = pick(
        inner(text).filter(({ node }) => node.kind !== "scalar"),
        number,
      );
      if (!field) return;
      const yaml = field.node.kind === "map" ? "zz: ::/0" : "::/0";
      check(text, field.append(yaml), field, (holder, step) => {
        const own = holder[step];
        if (Array.isArray(own)) own.push("::/0");
        else Object.assign(own, { zz: "::/0" });
      });
    }),
    runs,
  );
});

// biome-ignore lint/suspicious/noExplicitAny: JSON of any shape
type Holder = any;

/** The edit makes a sound text that says what was meant, and every line that it does not touch is as it was. */
function check(
  text: string,
  edit: Edit | undefined,
  field: Field,
  mean: (holder: Holder, step: string | number) => void,
): void {
  if (!edit) return;
  const after = applyEdits(text, [edit]);
  const parsed = parseDocument(after);
  const context = `${JSON.stringify(text)}\n${field.path}: ${JSON.stringify(edit)}\n${JSON.stringify(after)}`;
  assert.deepEqual(parsed.problems, [], context);
  const meant = json(parseDocument(text));
  const index = own(parseDocument(text)).findIndex((resource) => resource.spell([]) === field.resource.spell([]));
  const steps = field.steps;
  const holder = steps.slice(0, -1).reduce((value: Holder, step) => value[step], meant[index]);
  mean(holder, steps.at(-1) as string | number);
  assert.deepEqual(json(parsed).flatMap(rest), meant.flatMap(rest), context);
  assert.equal(/[^\r]\n/.test(after) && text.includes("\r\n") ? "mixed line ends" : "", "", context);
}

/** Files embedded in others change with these. */
function own({ resources }: Document) {
  return resources.filter(({ embedded }) => !embedded);
}

function json(document: Document): Holder[] {
  return own(document).map((resource) => structuredClone(resource.toJSON()));
}

/** A document that lost everything is none. */
function rest(value: Holder): Holder[] {
  return pruned(value) ?? [];
}

/** A collection that lost its last entry is null or empty, as YAML has it. */
function pruned(value: Holder): Holder {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(pruned);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, pruned(each)]);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

function fieldsOf(text: string): Field[] {
  const found: Field[] = [];
  const visit = (field: Field): void => {
    found.push(field);
    for (const [, child] of field.entries()) visit(child);
    for (const item of field.items()) visit(item);
  };
  for (const { root, embedded } of parseDocument(text).resources) if (!embedded) visit(root);
  return found;
}

function inner(text: string): Field[] {
  return fieldsOf(text).filter(({ parent }) => parent);
}

function scalarsOf(text: string): Field[] {
  return inner(text).filter(({ node }) => node.kind === "scalar");
}

function pick(fields: readonly Field[], number: number): Field | undefined {
  return fields[number % fields.length];
}
