import assert from "node:assert/strict";
import { test } from "node:test";
import { amiss, bare, between, inverseOf, isAsPatched } from "#core/mends/patch.ts";
import { lineDiff } from "#core/text/line-diff.ts";

const before = { spec: { ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv4"], ports: [{ port: 80 }] } };
const patch = { spec: { ipFamilyPolicy: "PreferDualStack", note: "new" } };
const after = {
  spec: { ipFamilyPolicy: "PreferDualStack", note: "new", ipFamilies: ["IPv4", "IPv6"], ports: [{ port: 80 }] },
};

test("the inverse of a patch puts back what it replaced, and takes away what it brought", () => {
  assert.deepEqual(inverseOf(patch, before), { spec: { ipFamilyPolicy: "SingleStack", note: null } });
  assert.deepEqual(inverseOf({ spec: { a: { b: 1 } } }, { spec: {} }), { spec: { a: null } });
  assert.ok(isAsPatched(patch, after) && !isAsPatched(patch, before));
  assert.ok(isAsPatched(inverseOf(patch, before), before));
});

test("what the server gives besides is in the patch from one to the other, lists as a whole", () => {
  assert.deepEqual(between(after, before), {
    spec: { ipFamilyPolicy: "SingleStack", note: null, ipFamilies: ["IPv4"] },
  });
  assert.deepEqual(between(before, before), {});
});

test("fields that somebody changed since are named", () => {
  const changed = { spec: { ...after.spec, ipFamilies: ["IPv6"] }, data: { "a.b": "x" } };
  assert.deepEqual(amiss(between(before, after), changed), ["spec.ipFamilies"]);
  assert.deepEqual(amiss({ data: { "a.b": "y", c: null } }, changed), ["data.a.b"]);
});

test("the server's bookkeeping is no change", () => {
  const object = (resourceVersion: string) => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "a", resourceVersion, managedFields: [resourceVersion] },
    spec: {},
    status: { at: resourceVersion },
  });
  assert.deepEqual(bare(object("1")), bare(object("2")));
});

test("lines that differ are shown with three around them", () => {
  const text = (middle: string) => `${[1, 2, 3, 4, 5].join("\n")}\n${middle}\n${[7, 8, 9, 10].join("\n")}\n`;
  assert.deepEqual(
    lineDiff(text("old"), text("new\nnewer")).map((line) => (line ? `${line.mark}${line.text}` : "...")),
    ["...", " 3", " 4", " 5", "-old", "+new", "+newer", " 7", " 8", " 9", "..."],
  );
  assert.deepEqual(lineDiff("a\nb", "a\nb"), [undefined]);
  assert.deepEqual(
    lineDiff("a\nb\nc", "b\nc\nd").map((line) => `${line?.mark}${line?.text}`),
    ["-a", " b", " c", "+d"],
  );
});
