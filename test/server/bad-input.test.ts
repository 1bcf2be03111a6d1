import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { parseAllDocuments } from "yaml";
import { Client, positionOf } from "./client.ts";

let client: Client;
/** CPU ms that a question may take: 2 s, or half as much again as `yaml` takes for a tenth of the largest one, where the machine is slow. */
let most = 2_000;
before(async () => {
  client = await new Client().start();
  const before = process.cpuUsage();
  parseAllDocuments(manyKeys(12_200));
  most = Math.max(most, (1.5 * process.cpuUsage(before).user) / 1e3);
});
after(async () => {
  await client.stop();
  client.process.kill();
});

const good = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: fd00::1\n";
const service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector: {app: web}\n";
const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from(
  { length: 12 },
  (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(", ")}]\n`,
).join("")}`;
const manyKeys = (count: number) =>
  `kind: ConfigMap\ndata:\n${"  key: fd00::1 some value of usual length\n".repeat(count).replaceAll("key", () => `k${Math.random()}`)}`;
const noise = Array.from({ length: 200_000 }, (_, index) => String.fromCharCode((index * 7919) % 256)).join("");

const inputs: Record<string, string> = {
  "nothing at all": "",
  "broken YAML": "kind: Service\nspec: [\n  a: {b\n- c: '\n",
  "a file of 5 MB in one document": manyKeys(122_000),
  "a file of 5 MB in many documents": Array.from(
    { length: 40_000 },
    (_, index) => `${service.replace("web", `web-${index}`)}---\n`,
  ).join(""),
  "a file of 5 MB on one line": `a: ${"x".repeat(5_000_000)}`,
  "broken YAML of 5 MB": `kind: Service\na: [${"1, ".repeat(1_600_000)}`,
  "an alias bomb": bomb,
  "an alias bomb in a policy": `${bomb}kind: NetworkPolicy\napiVersion: networking.k8s.io/v1\nspec:\n  ingress: *a12\n`,
  "an alias that holds itself": "kind: Service\nspec: &a\n  b: *a\n  ipFamilies: *a\n",
  "a merge of itself": "kind: Service\nspec: &a\n  <<: *a\n",
  "a flow 10,000 deep": `kind: Service\nspec: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`,
  "a flow 10,000 deep that never ends": "{a: ".repeat(10_000),
  "a block 10,000 deep": "- ".repeat(10_000),
  "maps 2,000 deep": Array.from({ length: 2_000 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join(""),
  "a document 10,000 deep": Array.from({ length: 10_000 }, (_, depth) => `${" ".repeat(depth % 400)}a:\n`).join(""),
  binary: noise,
  "NUL bytes": "kind: Service\0\0\0\nspec:\0\n",
  "lone surrogates": "kind: Service\nmetadata: {name: \ud83d}\nspec: \udc00\n",
  "only markers": "---\n".repeat(50_000),
  "a template that never ends": `kind: Service\nspec: {{ if ${"{{ ".repeat(20_000)}\n`,
  "many tags and directives": `${"%TAG ! tag:x,2000:\n".repeat(1_000)}--- !!map\nkind: !<x> Service\n`,
  "bare carriage returns": service.replaceAll("\n", "\r"),
  "a key of 1 MB": `${"k".repeat(1_000_000)}: v\n`,
  colons: ":".repeat(100_000),
  quotes: '"\\'.repeat(50_000),
};

for (const [title, text] of Object.entries(inputs))
  test(`${title} does not keep anybody waiting for 2 s, and the server goes on`, async () => {
    const folder = `untitled:bad-${title.replaceAll(" ", "-")}`;
    const uri = `${folder}/bad.yaml`;
    const textDocument = { uri };
    const opened = client.open(uri, text);
    const range = { start: { line: 0, character: 0 }, end: { line: 50, character: 0 } };
    await prompt(() => client.hover(uri, { line: 0, character: 3 }));
    await prompt(() => client.actions(uri, { line: 1, character: 0 }));
    await prompt(() => client.ask("textDocument/codeLens", { textDocument }));
    await prompt(() => client.ask("textDocument/inlayHint", { textDocument, range }));
    await prompt(() => client.ask("textDocument/completion", { textDocument, position: range.start }));
    await opened;
    await client.change(uri, "x", { start: range.start, end: range.start });
    await client.close(uri);
    const other = `${folder}/good.yaml`;
    await client.open(other, good);
    assert.match((await client.hover(other, positionOf(good, "fd00")))?.contents.value ?? "", /unique local/);
    await client.close(other);
  });

async function prompt(ask: () => Promise<unknown>): Promise<void> {
  const before = client.worked() ?? 0;
  await ask();
  const worked = (client.worked() ?? 0) - before;
  assert.ok(worked < most, `${worked.toFixed(0)} of ${most.toFixed(0)} ms`);
}

test("what was left out is said, as information", async () => {
  for (const text of [inputs["a flow 10,000 deep"] ?? "", inputs["broken YAML of 5 MB"] ?? ""]) {
    const said = await client.open("untitled:left-out.yaml", text);
    assert.deepEqual(
      said.map(({ severity }) => severity),
      [3],
    );
    assert.match(String(said[0]?.message), /left out/);
    await client.close("untitled:left-out.yaml");
  }
});

test("requests about documents that nobody opened, and commands that nobody knows, are answered", async () => {
  const uri = "untitled:never.yaml";
  assert.equal(await client.hover(uri, { line: 3, character: 1 }), null);
  assert.deepEqual(await client.actions(uri, { line: 3, character: 1 }), []);
  assert.deepEqual(await client.ask("textDocument/codeLens", { textDocument: { uri } }), []);
  assert.equal(await client.ask("workspace/executeCommand", { command: "nothing" }), null);
});

for (const workspaceFolders of [{}, 5, "x", [null, {}, { uri: 5 }, { uri: "file:///nowhere" }]])
  test(`a client that sends ${JSON.stringify(workspaceFolders)} for its folders is served`, async () => {
    const other = await new Client().start({ workspaceFolders } as never);
    try {
      const said = await other.open("untitled:folders.yaml", good.replace("data:\n  a: fd00::1", "data: {a: 1}"));
      assert.ok(said.length > 0);
    } finally {
      await other.stop();
      other.process.kill();
    }
  });

for (const params of [undefined, null, [], {}])
  test(`initialize with ${JSON.stringify(params)} is refused, and may be said again`, async () => {
    const other = new Client();
    try {
      await assert.rejects(other.ask("initialize", params));
      await other.start();
      const said = await other.open("untitled:again.yaml", good.replace("data:\n  a: fd00::1", "data: {a: 1}"));
      assert.ok(said.length > 0);
    } finally {
      await other.stop();
      other.process.kill();
    }
  });
