import assert from "node:assert/strict";
import { test } from "node:test";
import { holdsFile } from "#core/manifest/embedded.ts";
import { holdsNamedFile } from "#core/manifest/files-in-values.ts";
import { rules } from "#core/rules/index.ts";

test("no text is searched for blanks at the start of a line that may be many lines: that takes the square of their number", () => {
  const words = [...rules.flatMap(({ rule }) => rule.mentions ?? []), ...holdsFile, holdsNamedFile];
  for (const { source } of words) assert.doesNotMatch(source, /\^(?:\(\?[:=])?\\s[*+]/, source);
});
