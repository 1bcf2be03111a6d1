import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { dumpedCluster, objectsIn } from "#core/cluster/dump.ts";
import { folder, here } from "./cli.ts";

const nodes = JSON.stringify({
  kind: "NodeList",
  apiVersion: "v1",
  items: [
    {
      metadata: { name: "n1" },
      spec: { podCIDRs: ["10.244.0.0/24", "fd00::/64"] },
      status: {
        addresses: [{ type: "InternalIP", address: "172.18.0.2" }],
        conditions: [{ type: "Ready", status: "True" }],
        nodeInfo: { kubeletVersion: "v1.34.1" },
      },
    },
  ],
});
const shop = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: {name: web, namespace: shop}
  spec:
    ipFamilies: [IPv4]
    ipFamilyPolicy: SingleStack
    clusterIPs: [10.96.0.5]
    selector: {app: web}
    ports: [{port: 80, targetPort: 8080}]
- apiVersion: v1
  kind: Pod
  metadata: {name: web-1, namespace: shop, labels: {app: web}}
  spec: {nodeName: n1, containers: [{name: web, image: x, ports: [{containerPort: 8080}]}]}
  status:
    phase: Running
    podIPs: [{ip: 10.244.0.5}, {ip: "fd00::5"}]
    containerStatuses: [{name: web, ready: true, state: {running: {}}}]
`;

describe("a dump", () => {
  test("says what its objects say, and that nothing can be dialled in it", async (t) => {
    const cwd = folder(t, { "dump/nodes.json": nodes, "dump/shop/all.yaml": shop, "dump/notes.txt": "kind: Pod" });
    const { code, out } = await here(["diagnose", "--open", "dump", "--from", "shop/web-1", "--to", "svc/shop/web"], {
      cwd,
    });
    assert.equal(code, 1);
    assert.match(out, /^possible +The Service is single-stack.*service-single-stack/m);
    assert.match(out, /needs exec, and only api was allowed/);
    assert.doesNotMatch(out, /^proven/m);
    const missing = await here(["diagnose", "--open", "dump", "--to", "svc/shop/db"], { cwd });
    assert.equal(missing.code, 2);
  });

  test("may be one file; what is neither a diagnosis nor objects is refused, and no link is followed", async (t) => {
    const cwd = folder(t, { "all.yaml": shop, "notes.txt": "nothing", "empty/a.txt": "" });
    symlinkSync("/dev/zero", path.join(cwd, "empty/zero.yaml"));
    const file = await here(["diagnose", "--open", "all.yaml", "--from", "shop/web-1", "--to", "svc/shop/web"], {
      cwd,
    });
    assert.match(file.out, /service-single-stack/);
    for (const name of ["notes.txt", "empty", "nowhere"])
      assert.equal((await here(["diagnose", "--open", name], { cwd })).code, 2, name);
  });

  test("that is damaged is refused in a sentence, as a diagnosis is that was saved", async (t) => {
    const diagnosis = {
      ...{ kind: "kube-ipv6-diagnosis", format: 1, context: "x", startedAt: 0, took: 0, execs: 0 },
      subject: { from: { namespace: "shop", name: "web-1" } },
      observations: [
        {
          ...{
            id: 'pod({"name":"web-1","namespace":"shop"})',
            probe: "pod",
            access: "api",
            asked: "",
            command: "",
            line: "",
          },
          ...{ args: { name: "web-1", namespace: "shop" }, vantage: { kind: "api" }, answer: { ok: true, value: 3 } },
        },
      ],
    };
    const cwd = folder(t, {
      "saved.json": JSON.stringify(diagnosis),
      "pods.yaml":
        "kind: Pod\napiVersion: v1\nmetadata: {name: web-1, namespace: shop}\nspec: 1\nstatus: {podIPs: 3, conditions: [~], containerStatuses: 3}\n",
    });
    for (const name of ["saved.json", "pods.yaml"]) {
      const { code, err } = await here(["diagnose", "--open", name, "--from", "shop/web-1"], { cwd });
      assert.equal(code, 2, err);
      assert.match(
        err,
        /^kube-ipv6 diagnose: --open \S+: it holds an? \w+ that .*: (the|a) file was changed, or is damaged$/m,
      );
    }
  });

  test("of a kind it holds none of, it is not known whether there are any", async () => {
    const cluster = dumpedCluster([...objectsIn(nodes), ...objectsIn(shop), ...objectsIn(shop)], "dump");
    const list = (apiVersion: string, resource: string) => cluster.list({ apiVersion, resource });
    const pods = await list("v1", "pods");
    assert.equal(pods.ok && pods.value.length, 1);
    const found = await list("v1", "nodes");
    assert.equal(found.ok && found.value[0]?.kind, "Node");
    const policies = await list("networking.k8s.io/v1", "networkpolicies");
    assert.equal(!policies.ok && policies.refusal.reason, "unsupported");
    const version = await cluster.version();
    assert.equal(version.ok && version.value.minor, 34);
  });

  test("with aliases that stand for more than there is room for is not read", () => {
    const bomb = `a: &a [${"x,".repeat(50)}]\n${[..."bcdefgh"].map((name, at) => `${name}: &${name} [${`*${"abcdefg"[at]},`.repeat(50)}]`).join("\n")}\n`;
    assert.deepEqual(objectsIn(`kind: Pod\napiVersion: v1\nmetadata: {name: x}\n${bomb}`), []);
    assert.deepEqual(objectsIn("{"), []);
  });
});
