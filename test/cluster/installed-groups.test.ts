import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { answerOf, connect, refusalOf } from "./kubeconfig-file.ts";
import { type Asked, type Reply, startReplay } from "./replay.ts";

const pools = { apiVersion: "crd.projectcalico.org/v1", resource: "ippools" };
const policies = { apiVersion: "cilium.io/v2", resource: "ciliumnetworkpolicies" };
const groups = [
  { name: "crd.projectcalico.org", versions: [{ groupVersion: "crd.projectcalico.org/v1", version: "v1" }] },
];

function says(status: number, body: object): Reply {
  return {
    handle: (_, response) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    },
  };
}

const empty = says(200, { kind: "List", apiVersion: "v1", metadata: {}, items: [] });

async function clusterThat(t: TestContext, answer: (asked: Asked) => Reply) {
  const server = await startReplay(answer);
  t.after(() => server.close());
  const cluster = await connect(t, { server: `http://127.0.0.1:${server.port}`, user: { token: "t" } });
  return { cluster, paths: () => server.asked.map(({ path }) => path) };
}

test("kinds of a group that nobody installed are no requests, and what is installed is asked for, all of it after one look", async (t) => {
  const { cluster, paths } = await clusterThat(t, ({ path }) => (path === "/apis" ? says(200, { groups }) : empty));
  const answers = await Promise.all([cluster.list(policies), cluster.list(pools), cluster.get(policies, "a")]);
  assert.equal(refusalOf(answers[0]).reason, "unsupported");
  assert.match(refusalOf(answers[0]).message, /this cluster has no cilium\.io\/v2/);
  assert.deepEqual(answerOf(answers[1]), []);
  assert.equal(refusalOf(answers[2]).reason, "unsupported");
  await cluster.list(policies);
  assert.deepEqual(paths().sort(), ["/apis", "/apis/crd.projectcalico.org/v1/ippools"]);
});

test("what every server has is asked for without a look at its groups", async (t) => {
  const { cluster, paths } = await clusterThat(t, () => empty);
  await cluster.list({ apiVersion: "v1", resource: "pods" });
  await cluster.list({ apiVersion: "apps/v1", resource: "daemonsets" });
  assert.deepEqual(paths(), ["/api/v1/pods", "/apis/apps/v1/daemonsets"]);
});

test("where the groups may not be looked at, the kind itself is asked for", async (t) => {
  const forbidden = says(403, { kind: "Status", message: "forbidden" });
  const { cluster, paths } = await clusterThat(t, ({ path }) => (path === "/apis" ? forbidden : empty));
  assert.deepEqual(answerOf(await cluster.list(policies)), []);
  assert.deepEqual(paths(), ["/apis", "/apis/cilium.io/v2/ciliumnetworkpolicies"]);
});
