import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { causes } from "#core/causes/index.ts";
import { probes } from "#core/probes/index.ts";

it("says of every cause what it is, why, by which source, and what it could be taken for", () => {
  for (const [id, cause] of Object.entries(causes)) {
    assert.match(cause.code, /^(K|N|I|C|M|R|F|P|S|D|NP|A|X|W|U)\d\d$/, id);
    assert.match(cause.source, /^https:\/\//, id);
    assert.ok(cause.why.length > 60, `${id}: why says too little`);
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

it("says of each fault without a cause of its own why, and of none that has one by now", () => {
  const file = new URL("../../scripts/unnamed-faults.json", import.meta.url);
  const faults: readonly { code: string; what: string; why: string }[] = JSON.parse(readFileSync(file, "utf8"));
  const named = Object.values(causes).map(({ code }): string => code);
  for (const { code, what, why } of faults) {
    assert.ok(!named.includes(code), `${code} has a cause now`);
    assert.ok(what.length > 10 && why.length > 10, code);
    for (const [other = ""] of why.matchAll(/\b[A-Z]{1,2}\d\d\b/g))
      assert.ok(named.includes(other), `${code}: ${other}`);
  }
  assert.equal(new Set(faults.map(({ code }) => code)).size, faults.length);
});
