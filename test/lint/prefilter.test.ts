import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Prefilter } from "#core/lint/prefilter.ts";
import { Interest } from "#core/lint/relevance.ts";
import type { NamedRule, Rule } from "#core/lint/rule.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { ManifestFile } from "#core/manifest/file.ts";
import { likeAddress } from "#core/manifest/mentions.ts";
import { rules } from "#core/rules/index.ts";

const folder = new URL("../cases/", import.meta.url);
const cases = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const prefilter = new Prefilter(rules);

/** The same rules, run on every document there is. */
const everywhere = rules.map(({ id, rule: { mentions: _, ...rule } }) => ({ id, rule }));

test("no document of the cases that is left unread has a finding, nor has one that a rule is not run on", () => {
  for (const name of cases) {
    const bytes = readFileSync(new URL(name, folder));
    const text = bytes.toString();
    const documents = prefilter.documents(bytes);
    if (documents)
      assert.deepEqual(
        documents.map(({ text }) => text),
        new ManifestFile(text).documents.map(({ text }) => text),
        name,
      );
    const all = said(name, text, everywhere);
    assert.deepEqual(said(name, documents ?? "", rules), all, name);
    assert.deepEqual(said(name, text, rules), all, name);
  }
});

test("nor has an example of a rule", () => {
  for (const { id, rule } of rules)
    for (const text of [rule.example.bad, rule.example.good])
      assert.deepEqual(said(id, prefilter.documents(Buffer.from(text)) ?? "", rules), said(id, text, everywhere), id);
});

function said(name: string, content: string | Parameters<Workspace["open"]>[1], by: readonly NamedRule[]): unknown {
  const workspace = new Workspace(by);
  workspace.open(name, content);
  return workspace
    .check(name)
    .flatMap(({ findings }) => findings.map(({ rule, path, start, message }) => [rule, path, start, message]));
}

/** Whether rules on these kinds have something to look for in a document of this text. */
function looksAt(text: string, kinds: readonly string[], mentions?: readonly RegExp[]): boolean {
  const rule = { kinds, ...(mentions ? { mentions } : {}) } as unknown as Rule;
  const bytes = Buffer.from(text);
  const [document] = new Prefilter([{ id: "one", rule }]).documents(bytes) ?? [];
  const interest = new Interest([{ id: "one", rule }]);
  // A text that is opened in the editor and a file of the workspace are judged alike.
  if (!text.includes("CustomResourceDefinition"))
    assert.equal(interest.glance(text).ofInterest, document?.glance?.ofInterest ?? false, text);
  return document?.glance?.ofInterest ?? false;
}

test("the kinds that are read come from the rules, under the words they are written with", () => {
  assert.equal(looksAt("kind: Role\n", ["Role"]), true);
  assert.equal(looksAt("kind: Role\n", ["Service"]), false);
  assert.equal(looksAt("kind: NetworkPolicy\n", ["CalicoNetworkPolicy"]), true);
  assert.equal(looksAt("kind: Role\nx: fd00::1\n", ["Service"]), false);
});

test("of a kind, what is read holds something that its rules mention, in any case", () => {
  assert.equal(looksAt("kind: Pod\nx: hostIP\n", ["Pod"], [/hostIP/]), true);
  assert.equal(looksAt("kind: Pod\nx: HOSTIP\n", ["Pod"], [/y/, /hostIP/]), true);
  assert.equal(looksAt("kind: Pod\nx: host\n", ["Pod"], [/hostIP/]), false);
  assert.equal(looksAt("kind: Role\nx: fd00::1\n", ["*"], [likeAddress]), true);
  assert.equal(looksAt("kind: Role\nx: fd00:0:1\n", ["*"], [likeAddress]), true);
  assert.equal(looksAt("kind: Role\nx: 10.0.0.1\n", ["*"], [likeAddress]), true);
  assert.equal(looksAt("kind: Role\nx: 1.27.3\n", ["*"], [likeAddress]), false);
  assert.equal(looksAt("kind: CustomResourceDefinition\nx: 10.0.0.1\n", ["*"], [likeAddress]), false);
});

test("a field for an address makes a document one to read, whatever stands in it", () => {
  assert.equal(looksAt("kind: Pod\nspec: {hostAliases: [{ip: db}]}\n", ["*"], [likeAddress]), true);
  assert.equal(looksAt("kind: KubeProxyConfiguration\nclusterCIDR: x\n", ["*"], [likeAddress]), true);
  assert.equal(looksAt("kind: KubeletConfiguration\nclusterDNS: [x]\n", ["*"], [likeAddress]), true);
  assert.equal(looksAt("kind: ConfigMap\ndata: {ipv6-native-routing-cidr: x}\n", ["*"], [likeAddress]), true);
  assert.equal(looksAt("kind: ConfigMap\ndata: {a: x}\n", ["*"], [likeAddress]), false);
});

test("files in a ConfigMap make it one to read for their rules", () => {
  assert.equal(looksAt('kind: ConfigMap\ndata: {Corefile: ". { }"}\n', ["Corefile"], [/never/]), true);
  assert.equal(looksAt("kind: ConfigMap\ndata:\n  a: |\n    kind: Node\n    b\n", ["Node"], [/b/]), true);
  assert.equal(looksAt('kind: ConfigMap\ndata: {a: "{\\"kind\\": \\"Node\\", \\"b\\": 1}"}\n', ["Node"], [/b/]), true);
  assert.equal(looksAt("kind: ConfigMap\ndata: {a: b}\n", ["Corefile", "ConfigMap"], [/never/]), false);
});

test("kinds are read wherever they stand; what has none is read where values say something", () => {
  for (const text of [
    '{"kind": "Service"}\n',
    "  kind: Service\n",
    "kind : Service\n",
    "kind: {{ .Values.kind }}\n",
    "kind: ServiceList\n",
    "kind: List\nitems:\n- kind: Service\n",
    "kind: Role\nkind: {{ x }}\n",
    "\ufeffkind: Service\n",
    "? kind\n: Service\n",
    "kind: &a Role\n",
    "podCIDR: fd00::/64\n",
    "cluster-cidr: x\n",
  ])
    assert.equal(prefilter.documents(Buffer.from(text))?.[0]?.glance?.ofInterest, true, text);
  for (const text of ["on: push\njobs: {}\n", "kinds: x\n", "kind: RoleList\n", '{"kind": "Role"}\n'])
    assert.equal(prefilter.documents(Buffer.from(text)), undefined, text);
});

test("what wraps nothing up is not read, and what does is read for all that may stand in it", () => {
  const isRead = (text: string) => prefilter.documents(Buffer.from(text)) !== undefined;
  const release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n";
  const values = `${release}  values:\n    `;
  for (const text of [
    "kind: ConfigMap\ndata: {a: b}\n",
    "kind: Secret\nstringData: {password: x}\n",
    "kind: Kustomization\nresources: [a.yaml]\n",
    `${release}  chart: {spec: {chart: a}}\n`,
    `${values}replicas: 3\n`,
  ])
    assert.equal(isRead(text), false, text);
  for (const text of [
    "kind: ConfigMap\ndata:\n  a.sh: k3s server --cluster-cidr x\n",
    "kind: Secret\nstringData:\n  a: |\n    #cloud-config\n    write_files: []\n",
    "kind: Kustomization\nconfigMapGenerator: [{literals: [a=kubeadm init --pod-network-cidr x]}]\n",
    `${values}service: {ipFamilies: x}\n`,
    `${values}cephClusterSpec: {network: {}}\n`,
    `${values}controllers: {main: {containers: {main: {args: [ping6]}}}}\n`,
    "kind: Operator\nspec: {service: {ipFamilyPolicy: x}}\n",
  ])
    assert.equal(isRead(text), true, text);
});

test("a schema is told by its own kind, not by that of the document below it", () => {
  const documents = prefilter.documents(
    Buffer.from("podCIDR: fd00::/64\n---\nkind: CustomResourceDefinition\n---\nkind: Service\n"),
  );
  assert.deepEqual(
    documents?.map(({ glance }) => glance?.ofInterest),
    [true, false, true],
  );
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
