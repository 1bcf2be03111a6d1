import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Client, positionOf, rangeOf } from "./client.ts";
import { policy, rule } from "./policy.ts";

let client: Client;
before(async () => {
  client = await new Client().start();
});
after(async () => {
  await client.stop();
  client.process.kill();
});

let number = 0;
const fresh = () => `untitled:documents-${number++}.yaml`;
const of = (diagnostics: readonly { code?: unknown; range: unknown }[]) =>
  diagnostics.filter(({ code }) => code === rule).map(({ range }) => range);

test("a finding stands at its scalar, with its rule, its page and its source", async () => {
  const [found, ...others] = (await client.open(fresh(), policy)).filter(({ code }) => code === rule);
  assert.deepEqual(others, []);
  assert.deepEqual(found?.range, rangeOf(policy, "0.0.0.0/0"));
  assert.equal(found?.severity, 2);
  assert.equal(found?.source, "kube-ipv6");
  assert.match(found?.codeDescription?.href ?? "", new RegExp(`docs/rules/${rule}\\.md$`));
});

for (const [title, text] of Object.entries({
  "CRLF line ends": policy.replaceAll("\n", "\r\n"),
  "characters beyond ASCII and beyond 16 bits": `# Grüße 😀\n---\nnote: "😀ä"\n---\n${policy.replace("web", "web # 😀")}`,
  "a second document": `kind: Namespace\n--- # next\n${policy}`,
  "a flow mapping behind surrogates": policy.replace(
    "- ipBlock:\n            cidr: 0.0.0.0/0",
    '- {"😀": 1, ipBlock: {cidr: 0.0.0.0/0}}',
  ),
}))
  test(`ranges are right with ${title}`, async () => {
    assert.deepEqual(of(await client.open(fresh(), text)), [rangeOf(text, "0.0.0.0/0")]);
  });

test("a byte order mark moves nothing but its own line", async () => {
  assert.deepEqual(of(await client.open(fresh(), `\ufeff${policy}`)), [rangeOf(`\ufeff${policy}`, "0.0.0.0/0")]);
});

test("diagnostics follow every edit, and are not sent again while they stay the same", async () => {
  const uri = fresh();
  await client.open(uri, policy);
  const sent = client.published.length;
  const name = positionOf(policy, "web", 3);
  for (const letter of "-tier") {
    await client.change(uri, letter, { start: name, end: name });
    await client.hover(uri, name);
  }
  const end = positionOf(policy, "0.0.0.0/0", 8);
  const version = await client.change(uri, "8", { start: end, end: { ...end, character: end.character + 1 } });
  const now = await client.about(uri, (params) => (params.version ?? 0) >= version);
  assert.deepEqual(of(now), []);
  assert.equal(client.published.length, sent + 1);
});

test("a finding moves with lines typed above its document", async () => {
  const uri = fresh();
  const text = `kind: Namespace\n---\n${policy}`;
  await client.open(uri, text);
  const start = { line: 0, character: 0 };
  const version = await client.change(uri, "# one\n# two\n", { start, end: start });
  const moved = await client.about(uri, (params) => (params.version ?? 0) >= version);
  assert.deepEqual(of(moved), [rangeOf(`# one\n# two\n${text}`, "0.0.0.0/0")]);
});

test("the whole text may be sent in one change", async () => {
  const uri = fresh();
  await client.open(uri, "kind: Service\n");
  const version = await client.change(uri, policy);
  assert.deepEqual(of(await client.about(uri, (params) => params.version === version)), [rangeOf(policy, "0.0.0.0/0")]);
});

test("nothing is said of a document that was closed", async () => {
  const uri = fresh();
  await client.open(uri, policy);
  await client.close(uri);
  assert.deepEqual(await client.about(uri, (params) => params.version === undefined), []);
});

test("broken YAML is a note, and what can be read of it is judged", async () => {
  const text = policy.replace("name: web", "name: [web");
  const said = await client.open(fresh(), `${text}---\n${policy}`);
  assert.equal(of(said).length >= 1, true);
  const notes = said.filter(({ code }) => code === undefined);
  assert.equal(notes.length, 1);
  assert.equal(notes[0]?.severity, 3);
  assert.match(String(notes[0]?.message), /in part only/);
});

test("a comment that turns an unknown rule off is told so, at the name", async () => {
  const text = `# kube-ipv6-disable-file network-policy-ipv4-any, no-such-rule -- because\n${policy}`;
  const said = await client.open(fresh(), text);
  assert.deepEqual(
    said.map(({ range, severity }) => ({ range, severity })).filter(({ range }) => range.start.line === 0),
    [{ range: rangeOf(text, "no-such-rule"), severity: 3 }],
  );
  assert.deepEqual(of(said), []);
});

test("what a client sends before it has the answer to initialize is served all the same, in its order", async () => {
  const hasty = new Client();
  try {
    const uri = "file:///hasty.yaml";
    const text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  clusterIP: fd00::zz\n";
    const range = { start: { line: 4, character: 19 }, end: { line: 4, character: 21 } };
    const [{ capabilities }, , , , hover] = await Promise.all([
      hasty.ask("initialize", { processId: process.pid, rootUri: null, capabilities: {} }),
      hasty.tell("initialized", {}),
      hasty.tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } }),
      hasty.change(uri, "1", range),
      hasty.ask("textDocument/hover", { textDocument: { uri }, position: { line: 4, character: 15 } }),
    ]);
    assert.equal(capabilities.hoverProvider, true);
    assert.match(hover.contents.value, /fd00::1/);
    await hasty.stop();
  } finally {
    hasty.process.kill();
  }
});
