import assert from "node:assert/strict";
import { test } from "node:test";
import { offersAt } from "#core/editor/offers.ts";
import { applyEdits } from "#core/manifest/apply.ts";
import { parseDocument } from "#core/manifest/document.ts";

const offered = (text: string, at = text.indexOf("Service")) =>
  offersAt(parseDocument(text), at, at).map(({ title, edits }) => [title, applyEdits(text, edits)]);

test("a Service that says nothing of families is offered both, where its kind stands", () => {
  const text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n";
  const wanted =
    "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ipFamilyPolicy: PreferDualStack\n  selector: {app: web}\n";
  assert.deepEqual(offered(text), [["Make this Service dual-stack (ipFamilyPolicy: PreferDualStack)", wanted]]);
  assert.deepEqual(offered(text, text.indexOf("selector")), []);
});

test("nothing is offered where somebody has chosen, or there is nothing to choose", () => {
  for (const spec of [
    "{ipFamilyPolicy: SingleStack, selector: {app: web}}",
    "{ipFamilies: [IPv6], selector: {app: web}}",
    "{type: ExternalName, externalName: example.com}",
    "{clusterIP: None}",
  ])
    assert.deepEqual(offered(`apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: ${spec}\n`), []);
  assert.deepEqual(offered("apiVersion: serving.knative.dev/v1\nkind: Service\nspec: {template: {}}\n"), []);
});
