import assert from "node:assert/strict";
import { test } from "node:test";
import { uniqueLocalPrefix } from "#core/addresses/address.ts";
import type { Shape } from "#core/addresses/shape.ts";
import { bodyOf } from "#core/editor/snippet-text.ts";
import { snippets } from "#core/editor/snippets/index.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { parseDocument } from "#core/manifest/document.ts";
import { rules } from "#core/rules/index.ts";

const ula = uniqueLocalPrefix(new Uint8Array([0x12, 0x34, 0x56, 0x78, 0x9a]));

for (const { id, snippet } of snippets) {
  test(`${id} is sound YAML and right under every rule, on every cluster that is dual-stack or not known`, () => {
    // The suggested words in place of the places to fill in.
    const text = bodyOf(snippet, ula)
      .replace(/\$\{\d+:([^}]*)\}/g, "$1")
      .replaceAll("\\$", "$");
    assert.deepEqual(parseDocument(text).problems, []);
    for (const cluster of ["unknown", "dual-v4", "dual-v6"] satisfies Shape[]) {
      const workspace = new Workspace(rules, { cluster, kubernetes: 36 });
      workspace.open("snippet.yaml", text);
      const said = workspace.check("snippet.yaml").flatMap(({ findings, crashes }) => {
        assert.deepEqual(crashes, []);
        return findings.filter(({ severity }) => severity !== "information");
      });
      assert.deepEqual(
        said.map(({ rule, message }) => `${rule}: ${message}`),
        [],
        cluster,
      );
    }
  });

  test(`${id} leaves nothing to put in but places to fill in`, () => {
    const body = bodyOf(snippet, ula);
    assert.equal(/\{\{ula/.test(body), false);
    assert.equal(/\$\{\d+:[^}]*$/m.test(body), false);
    // Editors read an unescaped $ as a variable of theirs.
    assert.equal(
      body
        .replace(/\$\{\d+:[^}]*\}/g, "")
        .replaceAll("\\$", "")
        .includes("$"),
      false,
      body,
    );
    assert.match(snippet.source, /^https:/);
    assert.doesNotMatch(`${snippet.title}${body}`, /TODO/);
  });
}
