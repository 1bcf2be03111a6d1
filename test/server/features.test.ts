import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Client, positionOf } from "./client.ts";

let client: Client;
before(async () => {
  client = await new Client().start();
});
after(async () => {
  await client.stop();
  client.process.kill();
});

let number = 0;
const fresh = () => `untitled:folder-${number}/features-${number++}.yaml`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
`;

const policies = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: deny
spec:
  podSelector: {}
  policyTypes: [Egress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector:
    matchLabels:
      app: web
  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0
`;

test("a hover on an address tells its scope, and stands on the address alone", async () => {
  const uri = fresh();
  const text = "kind: ConfigMap\ndata:\n  a: http://[fd00::1]:80/\n";
  await client.open(uri, text);
  const found = await client.hover(uri, positionOf(text, "fd00", 2));
  assert.match(found?.contents.value ?? "", /unique local/);
  assert.deepEqual(found?.range, { start: positionOf(text, "fd00"), end: positionOf(text, "]:80") });
});

test("a Corefile is underlined, mended and turned off by comments; a CNI configuration takes none", async () => {
  const corefile = ".:53 {\n  kubernetes cluster.local in-addr.arpa\n  forward . fd00::1\n}\n";
  const uri = "file:///nowhere/Corefile";
  const said = await client.open(uri, corefile);
  assert.deepEqual(
    said.map(({ code, range }) => [code, range.start]),
    [["corefile-reverse-zones", positionOf(corefile, "in-addr")]],
  );
  const titles = async (of: string, at: string, text: string) =>
    (await client.actions(of, positionOf(text, at)))
      .map(({ title }) => title)
      .filter((title) => /Turn|Add/.test(title));
  assert.deepEqual(await titles(uri, "in-addr", corefile), [
    "Add ip6.arpa",
    "Turn corefile-reverse-zones off for this line",
    "Turn corefile-reverse-zones off for this file",
  ]);
  assert.match((await client.hover(uri, positionOf(corefile, "fd00")))?.contents.value ?? "", /unique local/);
  assert.deepEqual(
    await client.ask("textDocument/completion", { textDocument: { uri }, position: { line: 0, character: 0 } }),
    [],
  );
  const conflist = '{"type": "bridge",\n}\n';
  const other = "file:///nowhere/10-a.conflist";
  await client.open(other, conflist);
  assert.deepEqual(await titles(other, "type", conflist), []);
});

test("a hover on a Service tells its families on every kind of cluster", async () => {
  const uri = fresh();
  await client.open(uri, service);
  const { contents } = (await client.hover(uri, positionOf(service, "Service"))) ?? assert.fail("no hover");
  assert.match(contents.value, /\| dual-stack, IPv4 first; IPv4 only \| IPv4 \|/);
  assert.match(contents.value, /\| dual-stack, IPv6 first; IPv6 only \| IPv6 \|/);
});

test("what is the same on every cluster is one line, and what a field means in general is left out beside it", async () => {
  const uri = fresh();
  const refused = `${service.trimEnd()}
  ipFamilyPolicy: SingleStack
  ipFamilies: [IPv6, IPv4]
`;
  await client.open(uri, refused);
  const { contents } = (await client.hover(uri, positionOf(refused, "Service"))) ?? assert.fail("no hover");
  assert.match(contents.value, /^Refused on every cluster: two families need PreferDualStack or RequireDualStack\.$/m);
  assert.ok(contents.value.split("\n").length <= 5, contents.value);
  const field = (await client.hover(uri, positionOf(refused, "SingleStack"))) ?? assert.fail("no hover");
  assert.doesNotMatch(field.contents.value, /refused/i, "the finding above it says so");
  assert.match(field.contents.value, /^\*\*ipFamilyPolicy\*\*/);
});

test("a hover on a policy tells what it allows per family, and what it allows together with others", async () => {
  const uri = fresh();
  await client.open(uri, policies);
  for (const at of [positionOf(policies, "NetworkPolicy"), positionOf(policies, "podSelector")]) {
    const found = await client.hover(uri, at);
    assert.match(found?.contents.value ?? "", /\*\*Egress\*\* \| nothing \| nothing/);
  }
  const web = await client.hover(uri, positionOf(policies, "egress:"));
  assert.match(web?.contents.value ?? "", /\*\*Egress\*\* \| anywhere \| nothing/);
  assert.match(web?.contents.value ?? "", /Together with `deny`/);
});

test("a lens above every policy says what its pods may do", async () => {
  const uri = fresh();
  await client.open(uri, policies);
  const lenses = await client.ask("textDocument/codeLens", { textDocument: { uri } });
  assert.deepEqual(
    lenses.map(({ range }: { range: { start: { line: number } } }) => range.start.line),
    [0, 8],
  );
  const titles: string[] = [];
  for (const lens of lenses) titles.push((await client.ask("codeLens/resolve", lens)).command.title);
  assert.deepEqual(titles, [
    "IPv4 and IPv6 egress: nothing",
    "IPv6 egress: nothing; IPv4 egress: anywhere (together with deny)",
  ]);
});

test("policies that select a pod of the files are taken together for it", async () => {
  const uri = fresh();
  const text = `${policies}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: front
spec:
  podSelector:
    matchLabels:
      tier: front
  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock:
            cidr: "::/0"
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {app: web, tier: front}
spec:
  containers: []
`;
  await client.open(uri, text);
  const lenses = await client.ask("textDocument/codeLens", { textDocument: { uri } });
  const title = (await client.ask("codeLens/resolve", lenses[1])).command.title;
  assert.equal(title, "IPv4 and IPv6 egress: anywhere (together with deny and front)");
});

test("hints tell sizes and defaults, only for the lines asked for, and not when they are switched off", async () => {
  const uri = fresh();
  const text = `${service}---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: pool
spec:
  addresses: [fd00:10::/48]
`;
  await client.open(uri, text);
  const ask = async (from: number, to: number) => {
    const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
    return client.ask("textDocument/inlayHint", { textDocument: { uri }, range });
  };
  const labels = (hints: { label: string }[]) => hints.map(({ label }) => label);
  assert.deepEqual(labels(await ask(0, 20)), ["ipFamilyPolicy: SingleStack (default)", "65,536 x /64"]);
  const [hint] = await ask(10, 20);
  assert.deepEqual(hint.position, positionOf(text, "fd00:10::/48", "fd00:10::/48".length));
  assert.deepEqual(labels(await ask(0, 9)), ["ipFamilyPolicy: SingleStack (default)"]);
  await client.tell("workspace/didChangeConfiguration", { settings: { "kube-ipv6": { inlayHints: false } } });
  assert.deepEqual(await ask(0, 20), []);
  await client.tell("workspace/didChangeConfiguration", { settings: { "kube-ipv6": {} } });
  assert.equal((await ask(0, 20)).length, 2);
});

test("completion offers what a half-typed line wants", async () => {
  const uri = fresh();
  const text = `${service.replace("spec:\n", "spec:\n  ipFamilyPolicy: Pre\n")}`;
  await client.open(uri, text);
  const items = await client.ask("textDocument/completion", {
    textDocument: { uri },
    position: positionOf(text, "Pre", 3),
  });
  const prefer = items.find(({ label }: { label: string }) => label === "PreferDualStack");
  assert.equal(prefer.textEdit.newText, "PreferDualStack");
  assert.deepEqual(prefer.textEdit.range, { start: positionOf(text, "Pre"), end: positionOf(text, "Pre", 3) });
});

test("completion in an empty file starts a manifest, with places to fill in", async () => {
  const uri = fresh();
  await client.open(uri, "");
  const items = await client.ask("textDocument/completion", {
    textDocument: { uri },
    position: { line: 0, character: 0 },
  });
  const start = items.find(({ label }: { label: string }) => label === "ipv6 service");
  assert.equal(start.insertTextFormat, 2);
  assert.match(start.textEdit.newText, /\$\{1:web\}/);
});

test("completion of a prefix offers those that the files beside hand out", async () => {
  const folder = `untitled:plan-${number++}`;
  await client.open(`${folder}/plan.yaml`, "addressing:\n  pods: fd12:3456::/56\n");
  const text =
    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  ingress:\n    - from:\n        - ipBlock:\n            cidr: \n";
  await client.open(`${folder}/policy.yaml`, text);
  const items = await client.ask("textDocument/completion", {
    textDocument: { uri: `${folder}/policy.yaml` },
    position: positionOf(text, "cidr: ", 6),
  });
  const labels = items.map(({ label }: { label: string }) => label);
  assert.equal(labels.includes("fd12:3456::/56"), true);
  assert.equal(labels.includes("::/0"), true);
});

test("the address plan says where every prefix is written", async () => {
  const uri = fresh();
  const text = "addressing:\n  site: fd12:3456::/48\n  pods: fd12:3456::/56\n";
  await client.open(uri, text);
  const { plans } = await client.ask("kube-ipv6/plan", { uri });
  assert.equal(plans.length, 1);
  const [site, pods] = plans[0];
  assert.equal(site.text, "fd12:3456::/48");
  assert.equal(site.uri, uri);
  assert.deepEqual(pods.range, {
    start: positionOf(text, "fd12:3456::/56"),
    end: positionOf(text, "fd12:3456::/56", "fd12:3456::/56".length),
  });
  const everything = await client.ask("kube-ipv6/plan", {});
  assert.equal(everything.plans.length > 1, true);
});

test("snippets are listed, given by name, and share the prefix of the session", async () => {
  const list = await client.ask("kube-ipv6/snippets");
  assert.equal(
    list.some(({ id }: { id: string }) => id === "calico-pool"),
    true,
  );
  const pool = (await client.ask("kube-ipv6/snippet", { id: "calico-pool" })).body;
  const plan = (await client.ask("kube-ipv6/snippet", { id: "address-plan" })).body;
  const prefix = /fd[0-9a-f:]+::\/48/.exec(pool)?.[0] ?? assert.fail(pool);
  assert.equal(plan.includes(prefix), true);
  await assert.rejects(client.ask("kube-ipv6/snippet", { id: "nothing" }), /no snippet "nothing"/);
});
