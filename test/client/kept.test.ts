import assert from "node:assert/strict";
import { test } from "node:test";
import { keptBy } from "#client/tree/kept.ts";
import { types } from "#client/tree/view.ts";
import { realRecording } from "./outline.ts";

test("of nodes and pods as an API server sends them less than a half is kept, and nothing of the bookkeeping", () => {
  for (const type of [types.nodes, types.pods]) {
    const objects = realRecording().lists.flatMap((list) =>
      list.type.resource === type.resource && list.answer.ok ? list.answer.value : [],
    );
    const text = JSON.stringify(objects.map(keptBy(type)));
    assert.ok(objects.length > 0 && text.length * 2 < JSON.stringify(objects).length, type.resource);
    assert.doesNotMatch(text, /managedFields|"images"|"env"|volumeMounts|last-applied/);
  }
});

test("what is kept of other kinds is all but the bookkeeping", () => {
  const policy = { spec: { podSelector: {} }, more: [1] };
  const metadata = { name: "a", managedFields: [{}], annotations: { said: "1" } };
  const kept = keptBy(types.networkPolicies)({ ...policy, metadata });
  assert.deepEqual(kept, { ...policy, metadata: { name: "a", annotations: { said: "1" } } });
});

test("an object without the parts that are read is one still", () => {
  for (const type of [types.nodes, types.pods, types.endpointSlices])
    assert.equal(keptBy(type)({ metadata: { name: "bare" }, spec: 1 }).metadata.name, "bare");
});
