import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isManifestDocument, manifestFilters, manifestLanguages } from "../../client/src/manifest-language.ts";

const document = (languageId: string, path: string) => ({ languageId, uri: { path } }) as never;

test("templates of charts are manifests under the names that other extensions give their language", () => {
  assert.ok(isManifestDocument(document("yaml", "/a/web.yaml")));
  assert.ok(isManifestDocument(document("yaml", "Untitled-1")));
  assert.ok(isManifestDocument(document("helm", "/chart/templates/service.yaml")));
  assert.ok(isManifestDocument(document("helm-template", "/chart/templates/service.yml")));
  assert.ok(!isManifestDocument(document("helm", "/chart/templates/NOTES.txt")));
  assert.ok(!isManifestDocument(document("helm", "/chart/templates/_helpers.tpl")));
  assert.ok(!isManifestDocument(document("json", "/a.yaml")));
  assert.deepEqual(
    manifestFilters("file").map(({ language }) => language),
    manifestLanguages,
  );
});

test("the extension wakes up and shows its commands for each of them", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const whens: string[] = Object.values(manifest.contributes.menus as Record<string, { when?: string }[]>)
    .flat()
    .flatMap(({ when }) => when ?? [])
    .filter((when) => /(?:resource|editor)LangId/.test(when));
  assert.ok(whens.length > 3);
  for (const language of manifestLanguages) {
    assert.ok(manifest.activationEvents.includes(`onLanguage:${language}`));
    for (const when of whens) {
      const pattern = /LangId =~ \/([^/]+)\//.exec(when)?.[1];
      assert.ok(pattern && new RegExp(pattern).test(language), when);
    }
  }
});
