import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { DocumentSymbol, Location } from "vscode-languageserver-protocol/node";
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
const folder = () => `untitled:go-${number++}`;

const goTo = (uri: string, text: string, word: string, nth = 0): Promise<Location[]> =>
  client.ask("textDocument/definition", { textDocument: { uri }, position: positionOf(text, word, nth) });

const lineOf = (text: string, { range }: Location) => text.split("\n")[range.start.line]?.trim();

const shop = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports: [{port: 80}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: keep-in
spec:
  podSelector:
    matchLabels: {app: web}
  policyTypes: [Egress]
`;

const pods = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop-web
spec:
  template:
    metadata:
      labels: {app: web, tier: front}
    spec:
      containers: [{name: a, image: nginx}]
---
apiVersion: v1
kind: Pod
metadata:
  name: other
  labels: {app: db}
spec:
  containers: [{name: a, image: postgres}]
`;

test("a Service leads to its pods and a policy to those it holds for, in the files beside it", async () => {
  const root = folder();
  await client.open(`${root}/shop.yaml`, shop);
  await client.open(`${root}/pods.yaml`, pods);
  for (const word of ["app: web", "{app: web"]) {
    const found = await goTo(`${root}/shop.yaml`, shop, word, 2);
    assert.deepEqual(
      found.map((one) => [one.uri, lineOf(pods, one)]),
      [[`${root}/pods.yaml`, "name: shop-web"]],
      word,
    );
  }
  assert.deepEqual(await goTo(`${root}/shop.yaml`, shop, "port: 80"), []);
});

test("a pool leads to the range of the plan that it lies in", async () => {
  const root = folder();
  const plan = "cluster-cidr: 10.42.0.0/16,fd12:3456:789a::/56\nservice-cidr: 10.43.0.0/16,fd12:3456:789b::/112\n";
  const pool = `apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: v6}
spec: {cidr: "fd12:3456:789a:10::/64", natOutgoing: true}
`;
  await client.open(`${root}/config.yaml`, plan);
  await client.open(`${root}/pool.yaml`, pool);
  const [found, ...more] = await goTo(`${root}/pool.yaml`, pool, "fd12");
  assert.deepEqual(more, []);
  assert.equal(found?.uri, `${root}/config.yaml`);
  assert.deepEqual(found?.range, {
    start: positionOf(plan, "fd12:3456:789a"),
    end: positionOf(plan, "\nservice"),
  });
});

test("the objects of a file are listed, and what they wrap up below them", async () => {
  const uri = `${folder()}/home.yaml`;
  const text = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: traefik
spec:
  values:
    service:
      ipFamilyPolicy: PreferDualStack
---
cluster-cidr: 10.42.0.0/16
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: dns
data:
  Corefile: |
    .:53 {
        forward . 1.1.1.1
    }
`;
  await client.open(uri, text);
  const symbols: DocumentSymbol[] = await client.ask("textDocument/documentSymbol", { textDocument: { uri } });
  const shown = (all: readonly DocumentSymbol[]): unknown =>
    all.map(({ name, detail, children = [] }) => [name, detail, shown(children)]);
  assert.deepEqual(shown(symbols), [
    [
      "traefik",
      "HelmRelease",
      [
        ["values of a chart", undefined, []],
        ["Service", undefined, []],
      ],
    ],
    ["configuration of k3s", undefined, []],
    ["dns", "ConfigMap", [["Corefile", undefined, []]]],
  ]);
  const alone = async (name: string) => {
    const uri = `${folder()}/${name}`;
    await client.open(uri, "service:\n  ipFamilyPolicy: SingleStack\n");
    return shown(await client.ask("textDocument/documentSymbol", { textDocument: { uri } }));
  };
  assert.deepEqual(await alone("values-prod.yaml"), [["values of a chart", undefined, []]]);
  assert.deepEqual(await alone("workflow.yaml"), [], "what names no kind may be anything");
  const [release] = symbols;
  assert.deepEqual(release?.selectionRange, { start: positionOf(text, "traefik"), end: positionOf(text, "\nspec") });
  for (const { range, selectionRange, children = [] } of symbols) {
    const within = [selectionRange, ...children.map((child) => child.range)];
    assert.ok(within.every(({ start, end }) => start.line >= range.start.line && end.line <= range.end.line));
  }
});
