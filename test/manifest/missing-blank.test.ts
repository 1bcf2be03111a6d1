import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseDocument } from "#core/manifest/document.ts";

const head = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n";
const said = (text: string) =>
  parseDocument(text).problems.map(({ start, message }) => `${text.slice(0, start).split("\n").length} ${message}`);

describe("a key without a blank behind its colon is named", () => {
  for (const [what, text, line, key] of [
    ["where YAML breaks of it, first of its file", "node-ip:10.0.0.1\ncluster-cidr: 10.42.0.0/16\n", 1, "node-ip"],
    ["the last one", "cluster-cidr: 10.42.0.0/16\nnode-ip:10.0.0.1\n", 2, "node-ip"],
    ["between others", "tls-san: [a]\nnode-ip:fd00::1\nflannel-backend: none\n", 2, "node-ip"],
    ["in an object", `${head}spec:\n  clusterIP:10.0.0.1\n  type: ClusterIP\n`, 5, "clusterIP"],
    ["before a list", `${head}spec:\n  type: ClusterIP\n  ipFamilies:[IPv6]\n  selector: {a: b}\n`, 6, "ipFamilies"],
    ["in a list", `kind: Pod\nspec:\n  containers:\n    - name:web\n      image: x\n`, 4, "name"],
    ["where all of it is text", "node-ip:10.0.0.1\n", 1, "node-ip"],
    ["where it is text of a field that is a map", `${head}spec:\n  clusterIP:10.0.0.1\n`, 5, "clusterIP"],
    [
      "deeper",
      `kind: NetworkPolicy\nspec:\n  ingress:\n    - from:\n        - ipBlock:\n            cidr:10.0.0.0/8\n`,
      6,
      "cidr",
    ],
    [
      "in braces, where it is a key without a value",
      `${head}spec: {clusterIP:10.0.0.1, type: ClusterIP}\n`,
      4,
      "clusterIP",
    ],
  ] as const)
    test(what, () => {
      const problems = said(text);
      assert.ok(
        problems.some((each) => each.startsWith(`${line} `) && each.includes(`behind the colon of "${key}:"`)),
        problems.join("\n"),
      );
      assert.ok(!problems.some((each) => /line \d+, column/.test(each)), problems.join("\n"));
    });
});

describe("nothing is said of", () => {
  for (const [what, text] of [
    [
      "names with a port or tag",
      "kind: Pod\nspec:\n  image:\n    nginx:1.25\n  args:\n    - web:80\n    - --bind=a:80\n",
    ],
    ["URLs and addresses", "kind: X\nspec: {a: 'http://x', b: [fd00::1, a:b]}\nlist:\n  - http://x\n  - fd00::1\n"],
    ["text in a field that may hold text", "kind: X\nvalue:\n  key:value\n"],
    ["quoted keys of JSON", '{"kind":"Service","spec":{"clusterIP":"10.0.0.1"}}\n'],
    ["block scalars", "kind: ConfigMap\ndata:\n  a: |\n    key:value\n"],
    ["a set in braces", "kind: X\nspec: {a, b, c}\n"],
    ["what a template puts in", "kind: X\nmetadata:\n  labels:\n    {{ include a:b }}\n"],
    ["a document that is a word", "word\n"],
    ["what is no object", "data:\n  a:b\n"],
  ] as const)
    test(what, () => assert.deepEqual(said(text), []));
});
