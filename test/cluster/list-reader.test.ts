import assert from "node:assert/strict";
import { test } from "node:test";
import { readItems } from "#cluster/list-reader.ts";

async function reading(text: string, size: number) {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const items: unknown[] = [];
  return { rest: await readItems(chunks(), (item) => items.push(item)), items };
}

const item = { metadata: { name: 'a"}],[\\', items: [1, { items: [2] }] }, text: "€ \\u0041 \n , ] }", spec: null };
const list = {
  kind: "PodList",
  apiVersion: "v1",
  metadata: { resourceVersion: "7", items: ["x"], note: '"items":[' },
  items: [item, null, 5, "a,b", [1, 2], {}, item],
  after: { items: [3] },
};

for (const text of [JSON.stringify(list), JSON.stringify(list, undefined, 2)])
  for (const size of [1, 2, 3, 7, 64, 100_000])
    test(`a list of ${text.length} bytes in chunks of ${size} is the list that was written`, async () => {
      const { rest, items } = await reading(text, size);
      assert.deepEqual(items, list.items);
      assert.deepEqual(JSON.parse(rest), { ...list, items: [] });
    });

test("what is no list comes back as it is, and what is no JSON as nothing", async () => {
  for (const text of ["<html>{[</html>", '{"kind":"Status","message":"[items]"}', "", '{"a":{"items":[1]}}'])
    assert.deepEqual(await reading(text, 5), { rest: text, items: [] });
  assert.equal((await reading('{"items":[{"a":1},{"b"}]}', 4)).rest, "");
  const cut = await reading('{"kind":"PodList","items":[{"a":1},{"b":', 4);
  assert.throws(() => JSON.parse(cut.rest));
  assert.deepEqual((await reading('{"items":[]}', 3)).items, []);
});
