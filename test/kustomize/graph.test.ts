import assert from "node:assert/strict";
import { test } from "node:test";
import { Files } from "#core/kustomize/files.ts";
import { FluxFiles } from "#core/kustomize/flux-files.ts";
import { Graph } from "#core/kustomize/graph.ts";
import { Interest } from "#core/lint/relevance.ts";
import { parseDocument } from "#core/manifest/document.ts";
import { rules } from "#core/rules/index.ts";

/** The kinds of which documents are looked at for the sake of what a kustomization writes into them. */
function writtenInto(kustomization: string, more: Readonly<Record<string, string>> = {}): readonly string[] {
  const files: Readonly<Record<string, string>> = { "/app/kustomization.yaml": kustomization, ...more };
  const read = (path: string) => {
    const text = files[path];
    return text === undefined ? undefined : { text };
  };
  const known = new Files(
    Interest.of(rules),
    () => undefined,
    read,
    (folder) => folder === "",
  );
  const graph = new Graph(known, new FluxFiles(known));
  graph.know("/app/kustomization.yaml");
  const [root] = graph.rootsOf("/app/kustomization.yaml");
  assert.ok(root);
  const texts = ["kind: Deployment", '{"kind":"Deployment"}', "kind: DeploymentList", "kind: ConfigMap", "kind: Role"];
  return texts.filter((text) => root.writesInto?.(parseDocument(`${text} # of the name of web-front`)));
}

const deployments = ["kind: Deployment", '{"kind":"Deployment"}'];

test("documents are looked at that a patch may be for, by their kind", () => {
  assert.deepEqual(writtenInto("resources: [a.yaml]\nnamespace: shop\n"), []);
  assert.deepEqual(writtenInto("patches:\n- target: {kind: Deployment, name: web}\n  patch: '[]'\n"), deployments);
  const strategic = "kind: Deployment\nmetadata: {name: web}\n";
  assert.deepEqual(writtenInto("patches: [{path: web.yaml}]\n", { "/app/web.yaml": strategic }), deployments);
  assert.deepEqual(writtenInto("configMapGenerator: [{name: web, behavior: merge}]\n"), ["kind: ConfigMap"]);
  const replacement = "replacements: [{source: {kind: Role}, targets: [{select: {kind: ConfigMap}}]}]\n";
  assert.deepEqual(writtenInto(replacement), ["kind: ConfigMap", "kind: Role"]);
});

test("and by their names as they are written, before anything is put around these", () => {
  const patch = (name: string, more = "") =>
    `${more}patches:\n- target: {kind: Deployment, name: ${name}}\n  patch: '[]'\n- target: {kind: Role, name: other}\n  patch: '[]'\n`;
  for (const name of ["web-front", "web.front", "(web|shop)-front", "w.*"])
    assert.deepEqual(writtenInto(patch(name)), deployments, name);
  assert.deepEqual(writtenInto(patch("shop")), []);
  assert.deepEqual(writtenInto(patch("a-web-front-b")), []);
  assert.deepEqual(writtenInto(patch("a-web-front-b", "namePrefix: a-\nnameSuffix: -b\n")), deployments);
  const renaming = "- target: {kind: Role}\n  patch: '[]'\n  options: {allowNameChange: true}\n";
  assert.deepEqual(writtenInto(patch("shop") + renaming), [...deployments, "kind: Role"]);
});

test("all are, where any may be meant", () => {
  for (const all of [
    "patches:\n- target: {name: web}\n  patch: '[]'\n",
    "patches:\n- target: {kind: De.*}\n  patch: '[]'\n",
    "replacements: [{source: {name: a}, targets: [{select: {kind: Role}}]}]\n",
  ])
    assert.equal(writtenInto(all).length, 5, all);
});

test("what a base and a component write into counts as well", () => {
  const inner = { "/app/c/kustomization.yaml": "kind: Component\npatches:\n- target: {kind: Role}\n  patch: '[]'\n" };
  assert.deepEqual(writtenInto("components: [c]\n", inner), ["kind: Role"]);
});
