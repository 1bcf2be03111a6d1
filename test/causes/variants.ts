import assert from "node:assert/strict";
import { it } from "node:test";
import { judge } from "./case.ts";

/** Verdicts by what is different from the fault: a test for each. */
export function variants(
  id: Parameters<typeof judge>[0],
  given: Parameters<typeof judge>[1],
  others: Readonly<Record<string, readonly [object, string]>>,
) {
  for (const [what, [here, status]] of Object.entries(others))
    it(`is ${status} where ${what}`, () => {
      const judged = judge(id, { ...given, seen: { ...given.seen, ...here } });
      assert.equal(judged.status, status, judged.because);
    });
}
