import assert from "node:assert/strict";
import { test } from "node:test";
import { Workspace } from "#core/lint/workspace.ts";
import { branchesOf } from "#core/manifest/branches.ts";
import { rules } from "#core/rules/index.ts";

function findingsOf(text: string) {
  const workspace = new Workspace(rules);
  workspace.open("templates/a.yaml", text);
  return workspace.check("templates/a.yaml").flatMap(({ findings }) => findings);
}

/** The codes of what is said of a template, hints left out. */
function said(text: string): string[] {
  return findingsOf(text)
    .filter(({ severity }) => severity !== "information")
    .map(({ codes, path }) => `${codes} ${path}`);
}

const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec:\n${spec}`;

test("each branch in turn is what is left, at its place", () => {
  const text = "a: 1\n{{- if .x }}\nb: 1\n{{- else if .y }}\nb: 2\n{{- else }}\nb: 3\n{{- end }}\nc: 1\n";
  const kept = branchesOf(text).map((one) => {
    assert.equal(one.length, text.length);
    assert.equal(one.indexOf("c: 1"), text.indexOf("c: 1"));
    return one.match(/b: ./g);
  });
  assert.deepEqual(kept, [["b: 1"], ["b: 2"], ["b: 3"]]);
});

test("conditions spelled alike hold together, others are their own", () => {
  const text =
    "{{- if .x }}\na: 1\n{{- else }}\na: 2\n{{- end }}\n{{- if .x }}\nb: 1\n{{- end }}\n{{- if .z }}\nc: 1\n{{- end }}\n";
  assert.deepEqual(
    branchesOf(text).map((one) => one.match(/[abc]: ./g)),
    [
      ["a: 1", "b: 1", "c: 1"],
      ["a: 2", "c: 1"],
    ],
  );
});

const kept = (text: string) => branchesOf(text).map((one) => one.match(/[abc]: ./g)?.join());
const only = (condition: string, what: string) => `{{- if ${condition} }}\n${what}\n{{- end }}\n`;

test("a condition and its opposite hold apart, and so do two values of one expression", () => {
  assert.deepEqual(kept(only(".x", "a: 1") + only("not .x", "b: 1")), ["a: 1", "b: 1"]);
  assert.deepEqual(kept(only("(not (.x))", "a: 1") + only("and .x .y", "b: 1")), ["a: 1", "b: 1"]);
  assert.deepEqual(kept(only('eq .x "a"', "a: 1") + only('eq .x "b"', "b: 1") + only(".z", "c: 1")), [
    "a: 1,c: 1",
    "b: 1,c: 1",
  ]);
  assert.deepEqual(kept(only('ne .x "a"', "a: 1") + only('eq .x "a" "b"', "b: 1")), ["a: 1", "b: 1", "a: 1,b: 1"]);
  assert.deepEqual(kept(only(".x | not", "a: 1") + only(".x", "b: 1")), []);
});

test("where neither of two conditions holds, what stands behind else does", () => {
  const chain = (end: string) => `{{- if .x }}\na: 1\n{{- else if .y }}\na: 2\n${end}{{- end }}\n`;
  assert.deepEqual(kept(chain("") + chain("{{- else }}\na: 3\n")), ["a: 1,a: 1", "a: 2,a: 2", "a: 3"]);
});

test("two questions have four answers together", () => {
  const text = only(".x", "a: 1").replace("{{- end", "{{- else }}\na: 2\n{{- end");
  assert.deepEqual(kept(text + text.replaceAll(".x", ".y").replaceAll("a:", "b:")), [
    "a: 1,b: 1",
    "a: 2,b: 2",
    "a: 1,b: 2",
    "a: 2,b: 1",
  ]);
});

test("one key after another, each on a condition of its own, is one or the other", () => {
  assert.deepEqual(kept(only(".x", "a: 1") + only(".y", "a: 2")), ["a: 1", "a: 2"]);
  assert.deepEqual(kept(only(".x", "a: 1") + only(".y", "b: 2")), []);
  assert.deepEqual(kept(`${only(".x", "a: 1")}c: 1\n${only(".y", "a: 2")}`), []);
});

test("there are none in a value, in what never ends, and without else", () => {
  for (const text of [
    "a: {{ if .x }}1{{ else }}2{{ end }}\n",
    "{{- if .x }}\na: 1\n{{- end }}\n",
    "{{- else }}\na: 1\n{{- end }}\n",
    "{{- if .x }}\na: 1\n{{- else }}\n",
  ])
    assert.deepEqual(branchesOf(text), [], text);
});

test("as many branches as anybody could write are told apart in no time", () => {
  const text = "{{- if .x }}\na: 1\n{{- else }}\na: 2\n{{- end }}\n".repeat(20_000);
  assert.equal(branchesOf(text).length, 2);
  assert.equal(branchesOf(only(".x", "a: 1").repeat(2) + only("not .x", "a: 1").repeat(20_000)).length, 2);
});

test("lines of different branches are not held against each other", () => {
  assert.deepEqual(
    said(
      service(
        "  {{- if .x }}\n  clusterIP: None\n  {{- else }}\n  type: ExternalName\n  externalName: {{ .y }}\n  {{- end }}\n",
      ),
    ),
    [],
  );
  assert.deepEqual(
    said(
      service(
        "  {{- if .x }}\n  type: LoadBalancer\n  {{- else }}\n  type: ClusterIP\n  {{- end }}\n  {{- if .x }}\n  loadBalancerSourceRanges: [10.0.0.0/8, 'fd00::/8']\n  {{- end }}\n  selector: {a: b}\n",
      ),
    ),
    [],
  );
});

test("nor are those of a condition and its opposite, and nothing is mended across them", () => {
  const external = `${only(".x", "  type: ExternalName\n  externalName: a.example.com")}${only("not .x", "  ipFamilyPolicy: PreferDualStack")}`;
  assert.deepEqual(said(service(external)), []);
  // Whether both hold is not known: it is said, and is no error.
  const other = service(external.replace("not .x", ".y"));
  assert.deepEqual(said(other), []);
  const [hint] = findingsOf(other);
  assert.deepEqual([hint?.codes, hint?.fixes.map(({ kind }) => kind)], [["SVC016"], ["decision"]]);
  assert.match(hint?.message ?? "", /, if both conditions of the template hold$/);
  const families = `${only(".x", "  ipFamilies: [IPv4, IPv6]")}${only("not .x", "  ipFamilyPolicy: SingleStack")}  selector: {a: b}\n`;
  assert.deepEqual(said(service(families)), []);
});

test("nothing is mended unasked for the sake of a branch that may not be there", () => {
  const lengths = `${only("gt (len .x) 1", "  ipFamilies: [IPv4, IPv6]")}${only("lt (len .x) 2", "  ipFamilyPolicy: SingleStack")}  selector: {a: b}\n`;
  const always = `${only(".x", "  ipFamilies: [IPv4, IPv6]")}  ipFamilyPolicy: SingleStack\n  selector: {a: b}\n`;
  const together = only(".x", "  ipFamilies: [IPv4, IPv6]\n  ipFamilyPolicy: SingleStack");
  for (const [spec, severity, kind] of [
    [lengths, "information", "decision"],
    [always, "error", "decision"],
    [together, "error", "spelling"],
  ] as const) {
    const found = findingsOf(service(spec)).find(({ codes }) => codes.includes("SVC005"));
    assert.equal(found?.severity, severity, spec);
    assert.deepEqual([...new Set(found?.fixes.map((fix) => fix.kind))], [kind], spec);
  }
});

test("what a comment or a text between quotes shuts is no branch", () => {
  const text = `{{/* {{ if .x }} */}}\n{{ "{{ else }}" }}\n${only(".x", "a: 1")}${only("not .x", "b: 1")}`;
  assert.deepEqual(kept(text), ["a: 1", "b: 1"]);
});

test("what is wrong in a branch, or with a branch, is said all the same", () => {
  assert.deepEqual(
    said(
      service(
        "  {{- if .x }}\n  type: ExternalName\n  externalName: a.example.com\n  clusterIP: None\n  {{- else }}\n  selector: {a: b}\n  {{- end }}\n",
      ),
    ),
    ["SVC016 spec.clusterIP"],
  );
  assert.deepEqual(
    said(
      service(
        "  selector: {a: b}\n  {{- if .x }}\n  clusterIP: None\n  {{- else }}\n  externalIPs: ['fd00::7/64']\n  {{- end }}\n",
      ),
    ).filter((one) => one.startsWith("IP012")),
    ["IP012 spec.externalIPs[0]"],
  );
});

test("what one branch has and another has not is no absence", () => {
  const policy = (cidrs: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: x}\nspec:\n  podSelector: {}\n  ingress:\n    - from:\n${cidrs}`;
  const both =
    "        {{- if .v6 }}\n        - ipBlock: {cidr: '::/0'}\n        {{- else }}\n        - ipBlock: {cidr: 0.0.0.0/0}\n        {{- end }}\n";
  assert.deepEqual(said(policy(both)), []);
  assert.deepEqual(said(policy(both.replace("'::/0'", "10.0.0.0/8"))), ["NP007 spec.ingress[0].from"]);
});
