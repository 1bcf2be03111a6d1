import assert from "node:assert/strict";
import { test } from "node:test";
import { type Fact, fact, type KnownFact } from "#core/lint/fact.ts";
import type { FactHolder } from "#core/lint/fact-entries.ts";
import { FactIndex } from "#core/lint/fact-index.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { parseDocument } from "#core/manifest/document.ts";
import { anything } from "#core/manifest/mentions.ts";
import { rules } from "#core/rules/index.ts";

const names: Fact<string> = fact(["Pod"], ({ name }) => name);

test("a resource that was read anew and says the same has the place of the one before it", () => {
  const holders = ["a", "b", "c"].map((name, document) => holderOf(document, pods(name, `${name}2`)));
  const facts = new FactIndex(() => holders);
  const placeOf = (holder: FactHolder, at: number) => {
    const resource = holder.resources[at];
    return resource && place(facts.own(names, resource));
  };
  assert.deepEqual(placeOf(holders[1] as FactHolder, 1), [3, "b2"]);
  const before = holders[1]?.resources[1];
  Object.assign(holders[1] as FactHolder, { resources: parseDocument(`# said anew\n${pods("b", "b2")}`).resources });
  facts.update(holders[1] as FactHolder);
  assert.deepEqual(placeOf(holders[1] as FactHolder, 1), [3, "b2"]);
  assert.deepEqual(placeOf(holders[2] as FactHolder, 0), [4, "c"]);
  assert.equal(before && facts.own(names, before), undefined);
  Object.assign(holders[0] as FactHolder, { resources: parseDocument(pods("a2")).resources });
  facts.update(holders[0] as FactHolder);
  assert.deepEqual(placeOf(holders[1] as FactHolder, 1), [2, "b2"]);
});

test("of a List in which an item was edited, that item alone is read again", () => {
  let reads = 0;
  const counted = fact(["Pod"], ({ name }) => {
    reads++;
    return name;
  });
  let document = parseDocument(pods(...Array.from({ length: 300 }, (_, index) => `p${index}`)));
  const holder = holderOf(0, document.text);
  const facts = new FactIndex(() => [holder]);
  const edit = (from: string, to: string) => {
    document = parseDocument(document.text.replace(from, to), false, document);
    Object.assign(holder, { resources: document.resources });
    facts.update(holder);
  };
  assert.equal(facts.all(counted).length, 300);
  edit("name: p8}", "name: p8x}");
  reads = 0;
  edit("name: p7}", "name: p7x}");
  assert.equal(reads, 1);
  // Behind an item that is gone all stand elsewhere.
  edit(pods("p290").split("items:\n")[1] ?? "", "");
  assert.equal(reads, 1 + 9);
  const anew = holderOf(0, document.text);
  const fresh = new FactIndex(() => [anew]);
  const said = (index: FactIndex) => index.all(counted).map(({ value, name }) => [value, name]);
  assert.deepEqual(said(facts), said(fresh));
  assert.equal(facts.all(counted)[7]?.value, "p7x");
  for (const [at, resource] of holder.resources.entries()) assert.equal(facts.own(counted, resource)?.index, at);
});

test("typing in one of two documents that are one object says what a second look at the whole says", () => {
  const workspace = new Workspace(rules);
  workspace.open("a.yaml", `${pods("a", "b")}---\n${pods("b")}`);
  for (const text of ["x", "#", " "]) {
    workspace.change("a.yaml", { start: { line: 0, character: 10 }, end: { line: 0, character: 10 }, text });
    workspace.check("a.yaml");
  }
  const fresh = new Workspace(rules);
  fresh.open("a.yaml", `${pods("a", "b").replace("List", "List #x")}---\n${pods("b")}`);
  const found = saidOf(workspace);
  assert.ok(found.some((each) => each.startsWith("duplicate-resource")));
  assert.deepEqual(found, saidOf(fresh));
});

function saidOf(workspace: Workspace): string[] {
  const checked = workspace.check("a.yaml");
  return checked.flatMap(({ findings }, document) => findings.map(({ rule, start }) => `${rule} ${document}:${start}`));
}

function place(own: { readonly known: KnownFact<string>; readonly index: number } | undefined) {
  return own && [own.index, own.known.value];
}

function holderOf(document: number, text: string): FactHolder {
  return { file: "a.yaml", document, glance: anything(text), resources: parseDocument(text).resources };
}

function pods(...all: readonly string[]): string {
  const items = all
    .map((name) => `- {apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {hostAliases: [{ip: "fd00::1"}]}}\n`)
    .join("");
  return `kind: List\napiVersion: v1\nitems:\n${items}`;
}

test("what an alias repeats is said once, where it stands", () => {
  const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {}
  ingress:
    - from: [{ipBlock: &block {cidr: "fd12:3456:789a::7/64"}}]
    - from: [{ipBlock: *block}]
`;
  const workspace = new Workspace(rules);
  workspace.open("/w/a.yaml", policy);
  const said = workspace.check("/w/a.yaml").flatMap(({ findings }) => findings);
  assert.deepEqual(
    said.map(({ rule, path }) => `${rule} ${path}`),
    ["host-bits spec.ingress[0].from[0].ipBlock.cidr"],
  );
});
