import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Files } from "#core/kustomize/files.ts";
import { ownObjects } from "#core/kustomize/own-objects.ts";
import { mayStandIn } from "#core/kustomize/written-objects.ts";
import { holdsWord, LeftOut, lengthOf } from "#core/lint/left-out.ts";
import { glanced, Prefilter } from "#core/lint/prefilter.ts";
import { Interest } from "#core/lint/relevance.ts";
import { rules } from "#core/rules/index.ts";

const prefilter = new Prefilter(rules);
const interest = Interest.of(rules);
const role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: wëb}\nrules: []\n";
const schema = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.b.c}\n";
const texts = [
  role,
  schema,
  `${schema}---\n${role}`,
  `${schema}spec: {{ .Values.spec }}\n`,
  `${schema}$patch: delete\n`,
  `${role}---\n# kind: Service\n${role.replace("wëb", "$" + "{NAME}")}`,
  role.replace("rules: []", "rules:\n{{ range .all }}\n- verbs: [get]\n{{ end }}"),
  "metadata: {name: none}\n",
  "kind: Kustomization\napiVersion: kustomize.toolkit.fluxcd.io/v1\nmetadata: {name: apps}\n",
  'kind: "CustomResourceDefinition"\nspec:\n  kind: Role\n',
];

test("what is left out of a file tells of itself what its text does", () => {
  const folder = new URL("../cases/", import.meta.url);
  const cases = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const all = [...texts, ...cases.map((name) => readFileSync(new URL(name, folder), "utf8"))];
  const writers = [["Role"], ["Service", "Role"], ["CustomResourceDefinition"], [undefined]].map((kinds) =>
    mayStandIn(
      kinds.map((kind) => ({ kind, name: undefined })),
      [],
    ),
  );
  let seen = 0;
  for (const text of all) {
    const looked = prefilter.documents(Buffer.from(text), { again: () => text });
    const whole = glanced(text, interest);
    if (!looked?.every((one) => one instanceof LeftOut)) continue;
    assert.equal(looked.length, whole.length, text);
    for (const [index, one] of looked.entries()) {
      const other = whole[index] as (typeof whole)[number];
      seen++;
      assert.equal(ownObjects(one, false).length, ownObjects(other, false).length, text);
      for (const word of ["{{", "$patch:", "$" + "{", "kustomize.toolkit.fluxcd.io"] as Parameters<
        typeof holdsWord
      >[1][])
        if (!isDefinition(other.text)) assert.equal(holdsWord(one, word), holdsWord(other, word), text);
      // Nothing is written into a plain definition, whatever may stand in it.
      for (const writes of writers)
        assert.equal(ownObjects(one, writes(one)).length, ownObjects(other, writes(other)).length, text);
      if (!isDefinition(other.text)) assert.equal(lengthOf(one), other.text.length);
      assert.equal(one.text, other.text);
    }
  }
  // Facts that other tests make up may find something in one or two of them.
  assert.ok(seen >= texts.length, `${seen}`);
});

test("a file of which nothing is to be said is neither read nor decoded for a build", () => {
  let reads = 0;
  const read = () => {
    reads++;
    return { text: role };
  };
  const again = () => read().text;
  const look = () => prefilter.documents(Buffer.from(role), { again });
  const files = new Files(
    interest,
    () => undefined,
    read,
    () => false,
    look,
  );
  assert.deepEqual(files.objects("/app", "role.yaml", undefined)?.objects, []);
  assert.deepEqual(files.objects("/app", "role.yaml", mayStandIn([{ kind: "Service", name: "web" }], []))?.objects, []);
  assert.equal(files.size("/app", "role.yaml"), role.length);
  assert.equal(files.read("/app/role.yaml")?.length, 1);
  assert.equal(reads, 0);
  assert.equal(
    files.objects("/app", "role.yaml", mayStandIn([{ kind: "Role", name: undefined }], []))?.objects.length,
    1,
  );
  assert.equal(reads, 1);
});

function isDefinition(text: string): boolean {
  return /^kind: *CustomResourceDefinition\b/m.test(text);
}

test("braces are read through for who asks whether an object is a template", () => {
  const roles: [string, boolean][] = [
    [role.replace("{name: wëb}", '\n  name: web\n  annotations:\n    note: "seen {{ often }}"'), true],
    [role.replace("rules: []", "{{ .Values.rules }}"), false],
  ];
  for (const [text, isPlain] of roles) {
    const [one] = prefilter.documents(Buffer.from(text), { again: () => text }) ?? [];
    assert.ok(one instanceof LeftOut);
    assert.equal(one.parts.isPlain, undefined);
    assert.equal(one.isPlain, isPlain);
  }
});
