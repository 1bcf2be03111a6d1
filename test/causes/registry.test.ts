import assert from "node:assert/strict";
import { it } from "node:test";
import { causes } from "#core/causes/index.ts";
import { probes } from "#core/probes/index.ts";

it("says of every cause what it is, why, by which source, and what it could be taken for", () => {
  for (const [id, cause] of Object.entries(causes)) {
    assert.match(cause.code, /^(K|N|I|C|M|R|F|P|S|D|NP|A|X|W|U)\d\d$/, id);
    assert.match(cause.source, /^https:\/\//, id);
    assert.ok(cause.why.length > 60, id);
    for (const other of cause.looksLike) assert.ok(other in causes, `${id} looks like ${other}, which is no cause`);
  }
});

it("gives no number of the catalogue to two causes, since a number is an answer", () => {
  const codes = Object.values(causes).map(({ code }) => code);
  assert.deepEqual([...codes].sort(), [...new Set(codes)].sort());
});

it("names every probe like its file, since a saved observation finds its probe by that name", () => {
  for (const [id, probe] of Object.entries(probes)) assert.equal(probe.id, id);
});
