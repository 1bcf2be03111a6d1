import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { NamedRule } from "#core/lint.ts";
import { ManifestFile } from "#core/manifest/file.ts";
import { Prefilter } from "#core/manifest/prefilter.ts";
import type { Rule } from "#core/rule.ts";
import { rules } from "#core/rules/index.ts";
import { Workspace } from "#core/workspace.ts";

const folder = new URL("../cases/", import.meta.url);
const cases = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const prefilter = new Prefilter(rules);

test("no document of the cases that is left unread has a finding", () => {
  for (const name of cases) {
    const bytes = readFileSync(new URL(name, folder));
    const documents = prefilter.documents(bytes);
    const file = new ManifestFile(bytes.toString());
    if (documents)
      assert.deepEqual(
        documents.map(({ text }) => text),
        file.documents.map(({ text }) => text),
        name,
      );
    assert.deepEqual(said(name, documents ?? ""), said(name, bytes.toString()), name);
  }
});

function said(name: string, content: string | Parameters<Workspace["open"]>[1]): unknown {
  const workspace = new Workspace(rules);
  workspace.open(name, content);
  return workspace
    .check(name)
    .flatMap(({ findings }) => findings.map(({ rule, path, start, message }) => [rule, path, start, message]));
}

test("the kinds that are read come from the rules, under the words they are written with", () => {
  const rule = (...kinds: string[]): NamedRule => ({ id: kinds.join(), rule: { kinds } as unknown as Rule });
  const reads = (text: string, ...kinds: string[]) => {
    const bytes = Buffer.from(text);
    return new Prefilter([rule(...kinds)]).wants(bytes, 0, bytes.length);
  };
  assert.equal(reads("kind: Role\n", "Role"), true);
  assert.equal(reads("kind: Role\n", "Service"), false);
  assert.equal(reads("kind: NetworkPolicy\n", "CalicoNetworkPolicy"), true);
  assert.equal(reads("kind: Role\nx: fd00::1\n", "Service"), false);
  assert.equal(reads("kind: Role\nx: fd00::1\n", "*"), true);
  assert.equal(reads("kind: Role\nx: fd00:0:1\n", "*"), true);
  assert.equal(reads("kind: Role\nx: 10.0.0.1\n", "*"), true);
  assert.equal(reads("kind: Role\nx: 1.27.3\n", "*"), false);
  assert.equal(reads("kind: CustomResourceDefinition\nx: 10.0.0.1\n", "*"), false);
});

test("what tells no kind at the start of a line is read", () => {
  for (const text of [
    '{"kind": "Role"}\n',
    "  kind: Role\n",
    "kind : Role\n",
    "kind: {{ .Values.kind }}\n",
    "podCIDR: x\n",
    "kind: RoleList\n",
    "kind: Role\nkind: {{ x }}\n",
    "\ufeffkind: Role\n",
  ]) {
    const bytes = Buffer.from(text);
    assert.equal(prefilter.wants(bytes, 0, bytes.length), true, text);
  }
});

test("documents are parted as in text, and those left unread keep their text and lines", () => {
  const text = "# head\n---\r\nkind: Role\r\n---\nkind: Service\n--- # tail\nkind: Role\nx: ä😀\n---";
  const documents = prefilter.documents(Buffer.from(text)) ?? [];
  const file = new ManifestFile(text);
  assert.deepEqual(
    documents.map((document) => [document.text, document.lines]),
    file.documents.map((document) => [document.text, document.lines]),
  );
  assert.equal(documents[0]?.resources.length, 0);
  assert.equal(documents[1]?.resources.length, 1);
});
