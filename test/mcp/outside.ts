import assert from "node:assert/strict";

/** What of an answer does not stand between its marks, of which there is one pair. */
export function outside(answer: string): string {
  const parts = answer.split("<data>");
  assert.equal(parts.length, 2, answer);
  const [above = "", rest = ""] = parts;
  const after = rest.split("</data>");
  assert.equal(after.length, 2, answer);
  return above + after[1];
}

/** Three words in a row of one stand in the other, or all of it. */
export function sharesWords(ours: string, theirs: string): boolean {
  const words = theirs.split(/\s+/);
  return (
    (words.length < 3 && ours.includes(theirs)) ||
    words.some((_, at) => at + 3 <= words.length && ours.includes(words.slice(at, at + 3).join(" ")))
  );
}
