import assert from "node:assert/strict";
import { it } from "node:test";
import { contextRows } from "#client/tree/contexts.ts";
import { refusalRow } from "#client/tree/refusal.ts";
import type { Row } from "#client/tree/row.ts";
import { answered } from "#core/cluster/cluster.ts";
import { Markdown } from "#core/text/markdown.ts";
import { mapTexts } from "#core/text/printable.ts";
import { hostile, madeOf } from "#test/text/hostile.ts";
import { drawn, realRecording } from "./outline.ts";

it("no tooltip of the tree makes an image, a link or HTML of what a cluster says", async () => {
  const recording = realRecording();
  // Kinds, versions and what the tree picks objects by stay, so that there is something to be shown.
  const kept = new Set(["apiVersion", "kind", "resource", "ipFamilies", "addressType", "type", "namespace", "labels"]);
  const namespaces = new Set(["default", "kube-node-lease", "kube-public", "kube-system", "lab", "local-path-storage"]);
  const lists = recording.lists.map((list) => ({
    ...list,
    answer: list.answer.ok
      ? answered(mapTexts(list.answer.value, (text) => (namespaces.has(text) ? text : `${text}${hostile}`), kept))
      : list.answer,
  }));
  const tooltips = await drawn({ ...recording, lists }, (view) => {
    const known = answered([{ name: hostile, server: hostile }, { name: `other ${hostile}` }]);
    return [...everyRow(contextRows({ known, current: hostile, view: answered(view) }))].flatMap(
      ({ tooltip }) => tooltip ?? [],
    );
  });
  const made = tooltips.filter((tooltip) => tooltip instanceof Markdown);
  assert.ok(made.filter(({ text }) => text.includes("PWNED")).length > 10);
  for (const { text } of made) assert.deepEqual(madeOf(text), [], text);
});

it("the words of a server are plain text in a tooltip", () => {
  const { tooltip } = refusalRow("id", { reason: "failed", message: hostile, remedy: hostile });
  assert.equal(typeof tooltip, "string");
});

function* everyRow(rows: readonly Row[]): Generator<Row> {
  for (const row of rows) {
    yield row;
    yield* everyRow(row.children?.() ?? []);
  }
}
