import type { Edit } from "./edit.ts";

/** A text with edits made that do not overlap; insertions at one place are made in the order given. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.start - b.edit.start || a.index - b.index);
  let result = "";
  let at = 0;
  for (const { edit } of ordered) {
    result += text.slice(at, edit.start) + edit.text;
    at = Math.max(at, edit.end);
  }
  return result + text.slice(at);
}

/** True if no two of them touch the same text, so that they can be made together. */
export function compatible(a: readonly Edit[], b: readonly Edit[]): boolean {
  return a.every((one) => b.every((other) => one.end < other.start || other.end < one.start || same(one, other)));
}

function same(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}
