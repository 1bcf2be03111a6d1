import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { causes } from "#core/causes/index.ts";
import type { Cause } from "#core/judging/cause.ts";
import { type CauseId, judge } from "./case.ts";
import { exampleDiagnosis, exampleOf } from "./example.ts";

const ids = Object.keys(causes) as CauseId[];

describe("the example on a cause's page", () => {
  it("is there for every cause, and for none that is gone", () => {
    const files = readdirSync(path.join(import.meta.dirname, "examples")).sort();
    assert.deepEqual(
      files,
      ids.map((id) => `${id}.json`),
    );
  });

  for (const id of ids)
    it(`${id}: proves it, or shows it where it cannot be proven, and proves no other cause`, () => {
      const { first, verdicts } = exampleDiagnosis(id);
      if ((causes[id] as Cause).unprovable) assert.equal(verdicts[0]?.status, "possible");
      else assert.equal(first?.cause, id);
      const others = ids.filter((other) => other !== id && judge(other, exampleOf(id)).status === "proven");
      assert.deepEqual(others, []);
    });
});
