import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Finding } from "#core/lint/rule.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";
import { findingsOf, settingOf } from "#test/support/testing.ts";

const head = "apiVersion: v1\nkind: List\nitems:\n";
const separator = "---\n";

/** An object says the same as an item of a List, at the place it has there. */
describe("examples of the rules as items of a List", () => {
  for (const { id, rule } of rules) {
    const { bad } = rule.example;
    // A file of an installer may have a version and no kind.
    if (bad.split(separator).every((text) => /^apiVersion: .*\nkind: /.test(text))) it(id, () => holds(id, bad));
  }
  it("a slice without addressType", () =>
    holds("endpoint-slice-address-type", "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nendpoints: []\n"));
});

function holds(id: string, text: string): void {
  const rule = rules.find((known) => known.id === id)?.rule;
  assert.ok(rule);
  const setting = settingOf(rule.example);
  const alone = findingsOf(rule, id, text, setting);
  const listed = findingsOf(rule, id, text.split(separator).map(asItem).join(separator), setting);
  assert.notEqual(listed.length, 0);
  assert.deepEqual(
    listed.map(shown),
    alone.map((finding) => shown(moved(finding, text))),
  );
}

function asItem(text: string): string {
  const lines = text.replace(/\n$/, "").split("\n");
  return `${head}${lines.map((line, index) => `${index === 0 ? "  - " : "    "}${line}\n`).join("")}`;
}

function moved(finding: Finding, text: string): Finding {
  const shift = (offset: number) => {
    const above = text.slice(0, offset).split("\n");
    const separators = above.filter((line) => line === separator.trim()).length;
    return offset + head.length * (separators + 1) + 4 * (above.length - separators);
  };
  const path = finding.path === "" ? "items[0]" : `items[0].${finding.path}`;
  return { ...finding, path, start: shift(finding.start), end: shift(finding.end) };
}

/** The API server sees each item by itself, so that what it says does not name the List; we do where we name another place. */
function shown({ path, start, end, message, severity, codes, fixes }: Finding) {
  const words = message.replace("(items[0].", "(");
  return { path, start, end, message: words, severity, codes, fixes: fixes.map(({ title }) => title) };
}

it("an item of a typed list need not say what it is", () => {
  const text = "apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: {name: a}\n  spec: {ipFamilies: [IPV4]}\n";
  const long = text + "- metadata: {name: b}\n  spec: {ipFamilies: [IPv4]}\n".repeat(300);
  for (const list of [text, long]) {
    const workspace = new Workspace(rules);
    workspace.open("list.yaml", list);
    const said = workspace.check("list.yaml").flatMap(({ findings }) => findings);
    assert.deepEqual(
      said.filter(({ codes }) => codes.includes("SVC001")).map(({ path }) => path),
      ["items[0].spec.ipFamilies[0]"],
    );
  }
});
