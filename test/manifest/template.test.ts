import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDocument } from "#core/manifest/document.ts";

/** What a template says for certain: templated values are null. */
function read(text: string): unknown {
  const { resources, problems } = parseDocument(text);
  assert.deepEqual(problems, [], text);
  return resources.map((resource) => resource.toJSON());
}

test("lines that hold only actions are passed over, wherever they stand", () => {
  assert.deepEqual(
    read(
      "{{- if .Values.a }}\nkind: Service\nspec:\n  {{- with .Values.b }}\n  type: X\n  {{- end }}\n  ports:\n    {{- range .c }}\n    - port: 1\n    {{- end }}\n{{- end }}\n",
    ),
    [{ kind: "Service", spec: { type: "X", ports: [{ port: 1 }] } }],
  );
});

test("a line of actions is one behind a byte order mark, too", () => {
  for (const mark of ["", "\ufeff"])
    for (const text of ["{{- if .a }}\nkind: Service\n{{- end }}\n", "{{- if .a }}\r\nkind: Service\r\n"])
      assert.deepEqual(read(mark + text), [{ kind: "Service" }]);
});

test("values, keys and items from a template are not known", () => {
  assert.deepEqual(
    read(
      'kind: Service\nspec:\n  a: {{ .a }}\n  b: "x-{{ .b }}"\n  c: [{{ .c }}, y]\n  d: { e: {{ .e }} }\n  f: {{- toYaml .f | nindent 4 }}\n',
    ),
    [{ kind: "Service", spec: { a: null, b: null, c: [null, "y"], d: { e: null }, f: null } }],
  );
});

test("an action over several lines keeps the lines below it where they are", () => {
  const text = 'kind: Service\nspec:\n  a: {{ include "x"\n    (dict "a" 1) }}\n  clusterIP: fd00::1\n';
  const field = parseDocument(text).resources[0]?.get("spec", "clusterIP");
  assert.equal(text.slice(field?.start, field?.end), "fd00::1");
});

test("a block that begins with an action is sound, and its text is not known", () => {
  for (const newline of ["\n", "\r\n"]) {
    const text =
      'kind: Secret\ndata:\n  a: |-\n      {{ define "x" }}\n    text\n  b: |\n    {{- toYaml .b | nindent 4 }}\n  c: 1\n';
    assert.deepEqual(parseDocument("kind: Secret\ndata:\n  a: |-\n    {{ x }}\n    text\n").problems, []);
    assert.deepEqual(read(text.replace("      {{", "    {{").replaceAll("\n", newline)), [
      { kind: "Secret", data: { a: null, b: null, c: 1 } },
    ]);
  }
});

test("what a template may add is no absence", () => {
  const lacks = (text: string) => parseDocument(text).resources[0]?.lacks("spec", "ipFamilyPolicy");
  assert.equal(lacks("kind: Service\nspec: {}\n"), true);
  assert.equal(lacks("kind: Service\nspec:\n  {{- toYaml .Values.spec | nindent 2 }}\n"), false);
});

test("an action above the entries of its key writes more of them", () => {
  const text =
    'kind: Service\nmetadata:\n  labels: {{- include "x" . | nindent 4 }}\n    app: web\nspec:\n  selector: {{ .y }}\n';
  assert.deepEqual(read(text), [{ kind: "Service", metadata: { labels: { app: "web" } }, spec: { selector: null } }]);
  assert.equal(parseDocument(text).resources[0]?.partial, true);
  assert.equal(parseDocument("kind: Service\nspec:\n  selector: {{ .y }}\n").resources[0]?.partial, false);
});

test("so does one above the entries of its item, and what is left of the template is sound", () => {
  for (const between of ["", "      {{- if not $c.labelSelector }}\n"]) {
    const text = `kind: Pod
spec:
  topologySpreadConstraints:
    {{- range $c := .Values.spread }}
    - {{ toYaml $c | nindent 6 | trim }}
${between}      labelSelector: {}
    {{- end }}
  hostname: web
`;
    const spec = { topologySpreadConstraints: [{ labelSelector: {} }], hostname: "web" };
    assert.deepEqual(read(text), [{ kind: "Pod", spec }]);
    assert.equal(parseDocument(text).resources[0]?.partial, true);
  }
  const [alone] = parseDocument("kind: Pod\nargs:\n  - {{ .x }}\n    port: 1\n").resources;
  assert.equal(alone?.partial, true);
  const [item] = parseDocument("kind: Pod\nargs:\n  - {{ .x }}\n  - b\n").resources;
  assert.equal(item?.partial, false);
  assert.deepEqual(item?.toJSON(), { kind: "Pod", args: [null, "b"] });
});
