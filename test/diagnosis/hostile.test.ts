import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { type Demo, diagnoseDemo } from "#core/diagnosis/demo.ts";
import { diagnosisToJson, diagnosisToMarkdown, diagnosisToText } from "#core/report/diagnosis.ts";
import { diagnosisDocument } from "#core/report/diagnosis-json.ts";
import { withoutLogCommands } from "#core/text/log-commands.ts";
import { mapTexts } from "#core/text/printable.ts";
import { hostile, madeOf, obeyed } from "#test/text/hostile.ts";

const demo: Demo = JSON.parse(readFileSync(path.join(import.meta.dirname, "../../demo/cluster.json"), "utf8"));
const kept = new Set(["status", "outcome", "family", "cause", "kind", "needs", "observation", "id", "source"]);

/** A diagnosis in which every word that a cluster or a container may have chosen is one to be obeyed. */
const diagnosis = mapTexts(await diagnoseDemo(demo), (text) => `${text} ${hostile}`, kept);

test("a report for a terminal obeys nobody", () => {
  const text = diagnosisToText(diagnosis, { color: false });
  assert.ok(text.includes("PWNED"));
  assert.deepEqual(obeyed(withoutLogCommands(text)), []);
});

test("a report in colours has no escape sequence but its own colours", () => {
  const text = diagnosisToText(diagnosis, { color: true });
  const start = String.fromCharCode(0x1b);
  const others = text
    .split(start)
    .slice(1)
    .filter((rest) => !/^\[(?:0|1|2|31|32)m/.test(rest));
  assert.deepEqual(others, []);
});

test("a report in Markdown has no image, link or HTML of others", () => {
  const markdown = diagnosisToMarkdown(diagnosis);
  assert.ok(markdown.includes("PWNED"));
  assert.deepEqual(madeOf(markdown, /^https:\/\/(?!evil)/), []);
  assert.deepEqual(obeyed(withoutLogCommands(markdown)), []);
});

test("a report in JSON is the same value", () => {
  const json = diagnosisToJson(diagnosis);
  assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(diagnosisDocument(diagnosis))));
  assert.match(json, /^[\n\x20-\x7e\u00a0-\u00ff]*$/);
});
