import assert from "node:assert/strict";
import { test } from "node:test";
import { KeptFiles } from "#core/kustomize/kept-files.ts";
import { ownObjects } from "#core/kustomize/own-objects.ts";
import { glanced } from "#core/lint/prefilter.ts";
import { Interest } from "#core/lint/relevance.ts";
import { ManifestFile } from "#core/manifest/file.ts";
import { rules } from "#core/rules/index.ts";

const service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ipFamilies: [IPv6]}\n";
const role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: web}\nrules: []\n";
const schema = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.b.c}\n";

function kept(texts: Readonly<Record<string, string>>) {
  const files = new KeptFiles(Interest.of(rules));
  for (const [path, text] of Object.entries(texts)) files.documents(path, () => glanced(text, Interest.of(rules)));
  return files;
}

test("a file that is opened as it was read is the same", () => {
  const text = `${service}---\n${role}`;
  const files = kept({ "/a.yaml": text, "/crd.yaml": schema });
  assert.equal(files.isSame("/a.yaml", new ManifestFile(text)), true);
  assert.equal(files.isSame("/a.yaml", new ManifestFile(text.replace("IPv6", "IPv4"))), false);
  assert.equal(files.isSame("/a.yaml", new ManifestFile(service)), false);
  assert.equal(files.isSame("/b.yaml", new ManifestFile(text)), false);
  // Whatever a definition says, nothing is built of it.
  assert.equal(files.isSame("/crd.yaml", new ManifestFile(`${schema}spec: {}\n`)), true);
  assert.equal(files.isSame("/crd.yaml", new ManifestFile(role)), false);
  files.forget("/a.yaml");
  assert.equal(files.isSame("/a.yaml", new ManifestFile(text)), false);
});

test("also where it was left for want of room", () => {
  const large = `# ${"x".repeat(5_000_000)}\n`;
  const files = kept({ "/a.yaml": service, "/large.yaml": large, "/larger.yaml": large });
  assert.equal(files.whole("/a.yaml"), undefined);
  assert.equal(files.isSame("/a.yaml", new ManifestFile(service)), true);
  assert.equal(files.isSame("/a.yaml", new ManifestFile(role)), false);
});

test("the text of a file that no generator takes is not put together", () => {
  const { documents } = new ManifestFile(service);
  const file = {
    documents,
    get text(): string {
      throw new Error("asked for");
    },
  };
  assert.equal(kept({ "/a.yaml": service }).isSame("/a.yaml", file), true);
});

test("the text that a generator takes is known as well", () => {
  const files = kept({});
  assert.equal(files.takes("/a.conf", "one"), "one");
  assert.equal(files.isSame("/a.conf", new ManifestFile("one")), true);
  assert.equal(files.isSame("/a.conf", new ManifestFile("two")), false);
});

test("what was read as a whole can be judged as it is", () => {
  const files = kept({ "/a.yaml": service, "/crd.yaml": `${schema}---\n${service}` });
  assert.equal(files.whole("/a.yaml")?.[0]?.text, service);
  assert.equal(files.whole("/crd.yaml"), undefined);
});

test("what overlays print alike is one document, and none if nothing is said of it", () => {
  const files = kept({});
  assert.equal(files.printed(service), files.printed(service));
  assert.ok(files.printed(service));
  assert.equal(files.printed(role), undefined);
});

test("what stands in braces within a text makes no template of a manifest", () => {
  const of = (text: string) => glanced(text, Interest.of(rules)).flatMap((document) => ownObjects(document, false));
  const board =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: board}\ndata:\n  a.json: |-\n    "legend": "{{method}}"\n';
  assert.equal(of(board.replace("{name: board}", "\n  name: board")).length, 0);
  // Its lists may be written by the action above them.
  assert.equal(of(`${role.replace("rules: []", "rules:\n{{ range .all }}\n- verbs: [get]\n{{ end }}")}`).length, 1);
});
