import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Workspace } from "#core/lint/workspace.ts";
import { parseYaml } from "#core/manifest/parse.ts";
import { TemplateBlocks } from "#core/manifest/template-blocks.ts";
import { rules } from "#core/rules/index.ts";

function check(text: string) {
  const workspace = new Workspace(rules);
  workspace.open("/w/a.yaml", text);
  return workspace.check("/w/a.yaml").flatMap(({ document, problems, findings }) => [
    ...problems.map(({ message }) => `broken: ${message}`),
    ...findings.map(({ rule, start, end, fixes }) => {
      const line = document.text.slice(0, start).split("\n").length;
      return `${line} ${rule} ${document.text.slice(start, end)} ${fixes.map(({ title }) => title).join()}`;
    }),
  ]);
}

const configMap = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n${data}`;

describe("YAML with {{ }} in it", () => {
  it("is not broken where an action goes over the end of a line in a block", () => {
    const json = "  a.json: |\n    x{{\n     src }}.{{ ns }}: {{\n     src }}.{{ ns }}: z\n";
    assert.deepEqual(check(configMap(`${json}  nginx.conf: |\n    server { listen 80; }\n`)), [
      "11 nginx-listen 80 Add listen [::]:80;",
    ]);
  });

  it("is not broken if it parses as it stands, and what is in {{ }} is not judged", () => {
    for (const value of ['"{{ a }}"', "'{{ a | quote }}'", "{{ a }}", '"{{ a }}:{{ b }}"'])
      assert.deepEqual(
        check(`apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  clusterIP: ${value}\n  selector: {a: b}\n`),
        [],
        value,
      );
    const apart = `apiVersion: v1\nkind: Service\nmetadata: {name: "{{"}\nspec:\n  clusterIP: fd00::300::1\n  selector: {a: "}}"}\n`;
    assert.equal(check(apart).length, 1, "two braces in one text and two in another are no action");
    const flow = 'a:\n  - {b: {c: {{ d }}, e: f}}\n  - g: "{{\n   h }}"\n';
    assert.deepEqual(parseYaml(flow).problems, []);
  });

  it("says nothing of keys twice where two values are told later, and mends none", () => {
    const twice = `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  clusterIP: "{{ a }}"\n  selector: {a: b}\n  clusterIP: "{{ b }}"\n`;
    assert.deepEqual(
      check(twice).map((line) => line.split(" ").slice(1)),
      [["yaml-duplicate-key", "clusterIP", ""]],
    );
    assert.ok(
      !check(`${twice}  x: [a\n`).some((line) => line.includes("yaml-duplicate-key")),
      "not in what was recovered",
    );
  });

  it("has its files where they stand, though their actions stand further left", () => {
    const conf = (first: string) =>
      configMap(
        `  nginx.conf: |-\n${first}    http {\n{{- if .Values.y }}\n        # y\n{{- end }}\n        server {\n            listen 80;\n        }\n    }\n{{- end }}\n`,
      );
    assert.deepEqual(check(conf("{{- if .Values.x }}\n")), ["13 nginx-listen 80 Add listen [::]:80;"]);
    assert.deepEqual(check(conf("{{- if .Values.x }}\n{{- with .Values.z }}\n")), [
      "14 nginx-listen 80 Add listen [::]:80;",
    ]);
    assert.deepEqual(check(conf("{{- if .Values.x }}\n").replaceAll("\n", "\r\n")), [
      "13 nginx-listen 80 Add listen [::]:80;",
    ]);
  });
});

describe("files in a document that is broken", () => {
  it("keep their places, whatever kind of block they stand in", () => {
    for (const header of ["|", "|-", "|+ # kept", "|2"]) {
      const indent = header === "|2" ? "    " : "    ";
      const text = configMap(
        `  Corefile: ${header}\n${indent}.:53 {\n${indent}    dns64 {\n${indent}        allow_v4\n${indent}    }\n${indent}}\n`,
      );
      const [sound] = check(text);
      assert.equal(sound, "9 corefile-dns64 allow_v4 Write allow_ipv4", header);
      assert.equal(check(`${text}  other: [a\n`).at(-1), "9 corefile-dns64 allow_v4 ", `${header}, with no fix`);
    }
  });
});

describe("the blocks of a template", () => {
  const text = "a: 1\n{{- if .x }}\nb: {{ .b }}\n{{- else }}\nc: 3\n{{- end }}\nd: 4\n";
  const blocks = new TemplateBlocks(text);
  const at = (word: string) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length });
  const edit = (from: string, to = from) => ({ start: at(from).start, end: at(to).end, text: "" });
  it("let an edit stay in its branch, and take a whole action that writes a value", () => {
    assert.equal(blocks.leaves([edit("a: 1")], at("a: 1")), true);
    assert.equal(blocks.leaves([edit("b: {{ .b }}")], at("b:")), true);
    assert.equal(blocks.leaves([edit("c: 3")], at("c: 3")), true);
  });
  it("hold back what would take an action apart, open a branch or go over into another", () => {
    assert.equal(blocks.leaves([edit("b: {{")], at("b:")), false, "half an action");
    assert.equal(blocks.leaves([edit("{{- if .x }}")], at("a: 1")), false, "the beginning of a branch");
    assert.equal(blocks.leaves([edit("b:", "c: 3")], at("b:")), false, "two branches");
    assert.equal(blocks.leaves([edit("c: 3")], at("a: 1")), false, "another branch than what it is about");
    assert.equal(blocks.leaves([edit("a: 1"), edit("d: 4")], at("a: 1")), true, "around a branch is outside of it");
  });
  it("hold for the fixes of rules", () => {
    const families = `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  ports: [{port: 80}]\n  type: ExternalName\n  externalName: a.example\n  ipFamilies:\n{{- range .Values.families }}\n  - {{ . }}\n{{- end }}\n`;
    assert.deepEqual(check(families), ["8 service-external-name ipFamilies "]);
  });
});
