import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { FixRow } from "#core/editor/messages.ts";
import { Client, edited, editsOf, positionOf } from "./client.ts";

let client: Client;
before(async () => {
  const initializationOptions = { extension: true };
  client = await new Client().start({ capabilities: { workspace: { applyEdit: true } }, initializationOptions });
});
after(async () => {
  await client.stop();
  client.process.kill();
});

let number = 0;
const fresh = () => `untitled:actions-${number}/${number++}.yaml`;

const policy = (name: string, kept = "") => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
        - ipBlock: # ${name}
            cidr: 0.0.0.0/0 # everybody
${kept}`;
const service = (name: string) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector: {app: web}
  ipFamilies: [ipv6]
  ports: [{port: 80}]
`;
const fixAll = "source.kube-ipv6.fixAll";
const rule = "network-policy-ipv4-any";
const added = "        - ipBlock:\n            cidr: ::/0\n";

test("a quick fix writes what the rule's page shows, comments and quotes untouched", async () => {
  const uri = fresh();
  const text = policy("web");
  await client.open(uri, text);
  const actions = await client.actions(uri, positionOf(text, "0.0.0.0/0", 3));
  const preferred = actions.find(({ isPreferred }) => isPreferred);
  assert.equal(preferred?.diagnostics?.[0]?.code, rule);
  assert.equal(edited(text, editsOf(preferred, uri)), text + added);
});

test("of two findings on one word the fixes come first, then both pages, then what turns them off, each the worse first", async () => {
  const uri = fresh();
  const text = policy("web").replace("0.0.0.0/0", "2001:db8::1/32");
  await client.open(uri, text);
  const actions = await client.actions(uri, positionOf(text, "2001:db8::1/32", 3));
  const titles = actions.map(({ title }) => title).filter((title) => !/for this|in settings/.test(title));
  assert.deepEqual(titles.slice(-2), ["Explain host-bits", "Explain documentation-prefix"]);
  assert.ok(titles.length > 2 && !titles.slice(0, -2).some((title) => title.startsWith("Explain")), titles.join());
  const last = actions.at(-1)?.title ?? "";
  assert.match(last, /^Turn documentation-prefix off/);
});

test("a fix keeps the line ends of its file", async () => {
  const uri = fresh();
  const text = policy("web").replaceAll("\n", "\r\n");
  await client.open(uri, text);
  const actions = await client.actions(uri, positionOf(text, "0.0.0.0/0"));
  assert.equal(
    edited(
      text,
      editsOf(
        actions.find(({ isPreferred }) => isPreferred),
        uri,
      ),
    ),
    text + added.replaceAll("\n", "\r\n"),
  );
});

test("nothing is offered away from a finding", async () => {
  const uri = fresh();
  await client.open(uri, policy("web"));
  assert.deepEqual(await client.actions(uri, { line: 0, character: 0 }), []);
});

test("a rule is turned off for a line, and is silent then", async () => {
  const uri = fresh();
  const text = policy("web");
  await client.open(uri, text);
  const actions = await client.actions(uri, positionOf(text, "0.0.0.0/0"));
  const off = actions.find(({ title }) => title === `Turn ${rule} off for this line`);
  const quiet = edited(text, editsOf(off, uri));
  assert.equal(
    quiet,
    text.replace(
      "            cidr: 0",
      `            # kube-ipv6-disable-next-line ${rule} -- reason\n            cidr: 0`,
    ),
  );
  const said = await client.open(uri, quiet);
  assert.equal(
    said.some(({ code }) => code === rule),
    false,
  );
});

test("a rule is turned off for a file, and in settings by the client", async () => {
  const uri = fresh();
  const text = policy("web");
  await client.open(uri, text);
  const actions = await client.actions(uri, positionOf(text, "0.0.0.0/0"));
  const file = actions.find(({ title }) => title === `Turn ${rule} off for this file`);
  assert.equal(edited(text, editsOf(file, uri)), `# kube-ipv6-disable-file ${rule} -- reason\n${text}`);
  const settings = actions.find(({ title }) => title === `Turn ${rule} off in settings`);
  assert.deepEqual(settings?.command?.arguments, [rule]);
});

test("only the kinds asked for are given", async () => {
  const uri = fresh();
  const text = policy("web");
  await client.open(uri, text);
  const at = positionOf(text, "0.0.0.0/0");
  assert.deepEqual(await client.actions(uri, at, ["refactor"]), []);
  const misspelled = fresh();
  await client.open(misspelled, service("web"));
  for (const kind of ["source", "source.kube-ipv6", "source.kube-ipv6.fixAll"])
    assert.deepEqual(
      (await client.actions(misspelled, { line: 0, character: 0 }, [kind])).map((action) => action.kind),
      ["source.kube-ipv6.fixAll"],
    );
  assert.equal(
    (await client.actions(uri, at, ["quickfix"])).every(({ kind }) => kind === "quickfix"),
    true,
  );
  assert.equal(
    (await client.actions(uri, at)).some(({ kind }) => kind?.startsWith("source")),
    false,
  );
});

test("who has everything fixed on save in the name of other linters gets nothing from this one", async () => {
  const uri = fresh();
  await client.open(uri, service("web"));
  assert.deepEqual(await client.actions(uri, { line: 0, character: 0 }, ["source.fixAll"]), []);
});

test("fix all mends the spelling of every document of a file at once", async () => {
  const uri = fresh();
  const text = `${service("one")}---\n${policy("kept")}---\n${service("two")}`;
  await client.open(uri, text);
  const [action] = await client.actions(uri, { line: 0, character: 0 }, [fixAll]);
  const mended = edited(text, editsOf(action, uri));
  assert.equal(mended, text.replaceAll("[ipv6]", "[IPv6]"));
  await client.change(uri, mended);
  assert.deepEqual(await client.actions(uri, { line: 0, character: 0 }, [fixAll]), []);
});

test("what is mended into shorter text leaves what stands behind it alone", async () => {
  const uri = fresh();
  const item = "    - 2001:DB8:0:0:0:0:0:0080\n";
  const text = `${service("one").replace("ipv6", "IPv6")}  externalIPs:\n${item}---\n${service("two")}  externalIPs:\n${item}`;
  await client.open(uri, text);
  const wanted = text.replaceAll("2001:DB8:0:0:0:0:0:0080", "2001:db8::80").replace("[ipv6]", "[IPv6]");
  for (let times = 0; times < 2; times++) {
    const [action] = await client.actions(uri, { line: 0, character: 0 }, [fixAll]);
    assert.equal(edited(text, editsOf(action, uri)).replaceAll('"', ""), wanted);
  }
});

test("the fix-all command applies its edits through the client", async () => {
  const uri = fresh();
  const text = service("web");
  await client.open(uri, text);
  const asked = new Promise<string>((resolve) =>
    client.connection.onRequest("workspace/applyEdit", ({ edit }) => {
      resolve(edited(text, edit.changes[uri]));
      return { applied: true };
    }),
  );
  await client.ask("workspace/executeCommand", { command: "kube-ipv6.fixAll", arguments: [uri] });
  assert.equal(await asked, text.replace("ipv6", "IPv6"));
});

test("the rows to choose from: what only mends spelling, then every reading of what somebody has to want", async () => {
  const uri = fresh();
  const text = `${service("web")}---\n${policy("web").replace("0.0.0.0/0", "10.1.2.3/8")}`;
  await client.open(uri, text);
  const { rows }: { rows: FixRow[] } = await client.ask("kube-ipv6/fixes", { uri });
  assert.deepEqual(
    rows.map(({ kind, mends, rule: of, line, changes }) => ({ kind, mends, of, line, changes })),
    [
      {
        ...{ kind: "spelling", mends: [0], of: "service-ip-families", line: 6 },
        changes: [{ before: "ipv6", after: "IPv6" }],
      },
      ...["10.0.0.0/8", "10.1.2.3/32"].map((after) => ({
        ...{ kind: "decision", mends: [1], of: "host-bits", line: 19 },
        changes: [{ before: "10.1.2.3/8", after }],
      })),
    ],
  );
  assert.equal(edited(text, rows[1]?.edits ?? []), text.replace("10.1.2.3/8", "10.0.0.0/8"));
  assert.deepEqual(await client.ask("kube-ipv6/fixes", { uri: "untitled:nowhere.yaml" }), { rows: [] });
});

test("nothing is offered while the document is broken, and what is said stands where it stood", async () => {
  const uri = fresh();
  const corefile = `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
data:
  Corefile: |
    .:53 {
        dns64 {
            allow_v4
        }
    }
`;
  await client.open(uri, corefile);
  const at = positionOf(corefile, "allow_v4");
  assert.ok((await client.actions(uri, at)).some(({ title }) => title === "Write allow_ipv4"));
  const broken = `${corefile}  other: [a\n`;
  await client.change(uri, broken);
  const actions = await client.actions(uri, at);
  assert.ok(actions.some(({ title }) => title.startsWith("Turn corefile-dns64 off")));
  assert.ok(actions.every(({ title }) => !title.startsWith("Write")));
  assert.deepEqual(await client.actions(uri, at, [fixAll]), []);
});

test("both families are offered on the kind of a Service of which nothing is said, and nowhere else", async () => {
  const uri = fresh();
  const text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: web\n";
  await client.open(uri, text);
  const [offer, ...others] = await client.actions(uri, positionOf(text, "Service"));
  assert.deepEqual([offer?.kind, offer?.diagnostics, others], ["refactor.rewrite", undefined, []]);
  assert.equal(
    edited(text, editsOf(offer, uri)),
    text.replace("spec:\n", "spec:\n  ipFamilyPolicy: PreferDualStack\n"),
  );
  assert.deepEqual(await client.actions(uri, positionOf(text, "selector")), []);
  assert.deepEqual(await client.actions(uri, positionOf(text, "Service"), ["quickfix"]), []);
});
