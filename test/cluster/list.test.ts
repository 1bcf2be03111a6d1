import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { KubeObject, ResourceType } from "#core/cluster/cluster.ts";
import { answerOf, assertReadable, connect, refusalOf } from "./kubeconfig-file.ts";
import { type Asked, type Recording, type Reply, recording, replay, startReplay } from "./replay.ts";

const pods: ResourceType = { apiVersion: "v1", resource: "pods" };

async function clusterThat(test: TestContext, answer: (asked: Asked) => Reply, timeout = 5_000) {
  const server = await startReplay(answer);
  test.after(() => server.close());
  const cluster = await connect(
    test,
    { server: `http://127.0.0.1:${server.port}`, user: { token: "secret-token" } },
    { timeout },
  );
  return { cluster, server };
}

/** The recorded list in its pages, found by the token that asks for them. */
function pages(asked: Asked): Reply {
  const wanted = asked.query.get("continue");
  const page = ["1", "2", "3", "4"]
    .map((number) => recording(`paging/${number}`))
    .find((one) => tokenOf(one) === wanted);
  return page ? { recorded: page } : replay("paging/bad-token");
}

function tokenOf({ request }: Recording): string | null {
  return new URL(request.path, "http://server").searchParams.get("continue");
}

function namesIn(...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const { items } = recording(name).response.body as { items: readonly KubeObject[] };
    return items.map(({ metadata }) => metadata.name);
  });
}

test("all pages of a list are read, in the API's order", async (t) => {
  const { cluster, server } = await clusterThat(t, pages);
  const listed = answerOf(await cluster.list(pods, { namespace: "lab" }));
  assert.deepEqual(
    listed.map(({ metadata }) => metadata.name),
    namesIn("paging/1", "paging/2", "paging/3", "paging/4"),
  );
  assert.equal(listed.length, 14);
  assert.equal(server.asked.length, 4);
  assert.equal(server.asked[0]?.path, "/api/v1/namespaces/lab/pods");
  assert.equal(server.asked[0]?.query.toString(), "limit=500");
  assert.equal(server.asked[0]?.headers.authorization, "Bearer secret-token");
});

test("the objects of a list say what they are", async (t) => {
  const { cluster } = await clusterThat(t, pages);
  const [first] = answerOf(await cluster.list(pods, { namespace: "lab" }));
  assert.equal(first?.kind, "Pod");
  assert.equal(first?.apiVersion, "v1");
});

test("a list that expires between two pages is made anew, without pages", async (t) => {
  const { cluster, server } = await clusterThat(t, ({ query }) => {
    if (query.has("continue")) return replay("paging/continue-garbage-v3-right-after");
    return query.has("limit") ? replay("paging/1") : replay("lists/services");
  });
  const listed = answerOf(await cluster.list(pods, { namespace: "lab" }));
  assert.deepEqual(
    listed.map(({ metadata }) => metadata.name),
    namesIn("lists/services"),
  );
  assert.deepEqual(
    server.asked.map(({ query }) => [query.has("limit"), query.has("continue")]),
    [
      [true, false],
      [true, true],
      [false, false],
    ],
  );
});

test("selectors are passed on", async (t) => {
  const { cluster, server } = await clusterThat(t, () => replay("lists/empty-namespace"));
  assert.deepEqual(
    answerOf(await cluster.list(pods, { labelSelector: "app in (a,b)", fieldSelector: "spec.nodeName=n1" })),
    [],
  );
  assert.equal(server.asked[0]?.path, "/api/v1/pods");
  assert.equal(server.asked[0]?.query.get("labelSelector"), "app in (a,b)");
  assert.equal(server.asked[0]?.query.get("fieldSelector"), "spec.nodeName=n1");
});

const failures: readonly (readonly [recording: string, reason: string, message: RegExp, remedy: RegExp])[] = [
  [
    "errors/401-bad-token",
    "unauthorized",
    /did not accept the credential \(401 Unauthorized\)/,
    /Log in again.*user "me"/,
  ],
  [
    "errors/403-limited-list-nodes",
    "forbidden",
    /User "system:serviceaccount:lab:limited" cannot list resource "nodes"/,
    /ClusterRole with list on nodes; `kubectl --context lab auth can-i list nodes -A`/,
  ],
  [
    "errors/403-limited-list-pods",
    "forbidden",
    /cannot list resource "pods"/,
    /Role in namespace lab with list on pods; .* -n lab`/,
  ],
  ["errors/403-anonymous", "unauthorized", /nobody.s \(system:anonymous\)/, /^Log in, /],
  ["errors/404-group", "unsupported", /404 page not found/, /not installed/],
  ["errors/404-resource", "unsupported", /could not find the requested resource/, /not installed/],
  ["lists/future-rv", "timeout", /Too large resource version/, /gave up waiting/],
  ["paging/bad-token", "failed", /invalid continue token/, /^$/],
];
for (const [name, reason, message, remedy] of failures) {
  test(`no list, but the reason and the remedy: ${name}`, async (t) => {
    const { cluster } = await clusterThat(t, () => replay(name));
    const refusal = refusalOf(await cluster.list(pods, { namespace: "lab" }));
    assert.equal(refusal.reason, reason);
    assert.match(refusal.message, /^Cannot list pods in namespace "lab": /);
    assert.match(refusal.message, message);
    assert.match(refusal.remedy ?? "", remedy);
    assert.doesNotMatch(JSON.stringify(refusal), /secret-token/);
    assertReadable(refusal);
  });
}

test("one object is read, and one that is gone is told from a kind that is not served", async (t) => {
  const { cluster } = await clusterThat(t, ({ path }) => {
    if (path.endsWith("/two")) return replay("errors/200-viewer-get-pod");
    return path.endsWith("/nosuch") ? replay("errors/404-pod") : replay("errors/404-resource");
  });
  assert.equal(answerOf(await cluster.get(pods, "two", { namespace: "lab" })).metadata.name, "two");
  assert.equal(refusalOf(await cluster.get(pods, "nosuch", { namespace: "lab" })).reason, "not-found");
  const things = { apiVersion: "no.such/v1", resource: "things" };
  assert.equal(refusalOf(await cluster.get(things, "one")).reason, "unsupported");
});

test("an answer that is not Kubernetes' is said to be that", async (t) => {
  const page = "<html><body>Please log in</body></html>";
  const { cluster } = await clusterThat(t, () => ({ handle: (_, response) => response.end(page) }));
  assert.match(refusalOf(await cluster.list(pods)).message, /did not answer as a Kubernetes API server does/);
  assert.match(refusalOf(await cluster.version()).message, /did not answer as a Kubernetes API server does/);
});

test("objects whose parts have other types than Kubernetes gives them are no list of its, and no broken connection", async (t) => {
  const items = [{ metadata: { name: "web" }, spec: { containers: { 0: {} } } }];
  const body = JSON.stringify({ kind: "PodList", apiVersion: "v1", metadata: {}, items });
  const handle = (_: unknown, response: import("node:http").ServerResponse) => void response.end(body);
  const { cluster } = await clusterThat(t, () => ({ handle }));
  const keep = (pod: KubeObject) => ({ ...pod, spec: { images: pod.spec?.containers.map(String) } });
  const refusal = refusalOf(await cluster.list(pods, { keep }));
  assert.match(refusal.message, /did not answer as a Kubernetes API server does/);
});

test("a compressed answer is read", async (t) => {
  const body = gzipSync(JSON.stringify(recording("lists/services").response.body));
  const { cluster } = await clusterThat(t, () => ({
    handle: (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(body),
  }));
  assert.deepEqual(answerOf(await cluster.list(pods)).length, namesIn("lists/services").length);
});

test("a server that is slow is given up in time, at its headers and in its body", async (t) => {
  const silent = await clusterThat(t, () => ({ handle: () => {} }), 100);
  const refusal = refusalOf(await silent.cluster.list(pods));
  assert.equal(refusal.reason, "timeout");
  assert.match(refusal.message, /did not answer within 0\.1 s/);
  const half = await clusterThat(t, () => ({ handle: (_, response) => response.writeHead(200).write("{") }), 100);
  assert.equal(refusalOf(await half.cluster.list(pods)).reason, "timeout");
});

test("a question can be cancelled", async (t) => {
  const { cluster, server } = await clusterThat(t, () => ({ handle: () => {} }));
  assert.equal(refusalOf(await cluster.list(pods, { signal: AbortSignal.abort() })).reason, "cancelled");
  assert.equal(server.asked.length, 0);
  assert.equal(refusalOf(await cluster.list(pods, { signal: AbortSignal.timeout(50) })).reason, "cancelled");
});

test("a body that is cut short is no answer", async (t) => {
  const { cluster } = await clusterThat(t, () => ({
    handle: (request, response) => {
      response.writeHead(200, { "content-length": 1000 }).write('{"items":[]', () => request.socket.destroy());
    },
  }));
  assert.equal(refusalOf(await cluster.list(pods)).reason, "unreachable");
});

test("a busy server is asked again after the time it asks for", async (t) => {
  let busy = true;
  const { cluster, server } = await clusterThat(t, () => {
    const reply: Reply = busy
      ? { handle: (_, response) => response.writeHead(429, { "retry-after": "0" }).end("too many requests") }
      : replay("lists/services");
    busy = false;
    return reply;
  });
  assert.ok(answerOf(await cluster.list(pods)).length > 0);
  assert.equal(server.asked.length, 2);
});

test("the version is read", async (t) => {
  const { cluster } = await clusterThat(t, () => replay("discovery/version"));
  assert.deepEqual(answerOf(await cluster.version()), { major: 1, minor: 36, gitVersion: "v1.36.0" });
});

test("rights are asked for as the API wants it", async (t) => {
  const { cluster, server } = await clusterThat(t, ({ body }) =>
    replay(body.includes('"get"') ? "access/ssar-limited-exec" : "access/ssar-admin-exec"),
  );
  const review = { apiVersion: "v1", resource: "pods", subresource: "exec", namespace: "lab" };
  assert.equal(answerOf(await cluster.mayI({ ...review, verb: "create" })), true);
  assert.equal(answerOf(await cluster.mayI({ ...review, verb: "get" })), false);
  assert.deepEqual(JSON.parse(server.asked[0]?.body ?? "").spec.resourceAttributes, {
    verb: "create",
    group: "",
    version: "v1",
    resource: "pods",
    subresource: "exec",
    namespace: "lab",
  });
});

const logs: readonly (readonly [recording: string, expected: string | RegExp])[] = [
  ["logs/previous", "2026-11-22T02:51:08.656691325Z dying\n"],
  ["logs/pending", ""],
  ["logs/badimage", /^not-running: .*ErrImageNeverPull/],
  ["logs/no-such-container", /^not-found: .*zz is not valid/],
  ["logs/need-container", /^not-found: .*choose one of: \[init a b\]/],
  ["logs/previous-none", /^not-found: .*previous terminated container/],
  ["logs/no-pod", /^not-found: .*"zz" not found/],
];
for (const [name, expected] of logs) {
  test(`the log of a container: ${name}`, async (t) => {
    const { cluster, server } = await clusterThat(t, () => replay(name));
    const from = { namespace: "lab", pod: "two", container: "a" };
    const answer = await cluster.logs(from, { lines: 20, previous: true });
    if (typeof expected === "string") assert.equal(answerOf(answer), expected);
    else assert.match(`${refusalOf(answer).reason}: ${refusalOf(answer).message}`, expected);
    assert.equal(server.asked[0]?.query.toString(), "container=a&tailLines=20&previous=true");
  });
}

for (const [name, token] of [
  ["repeats one token", () => "again"],
  ["makes up tokens", (page: number) => `page-${page}`],
] as const) {
  test(`a server that ${name} without end is given up`, { timeout: 60_000 }, async (t) => {
    let pages = 0;
    const server = createServer((_, response) => {
      const metadata = { resourceVersion: "1", continue: token(++pages) };
      response.end(JSON.stringify({ kind: "PodList", apiVersion: "v1", metadata, items: [] }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    t.after(() => server.close());
    const address = server.address();
    assert.ok(address !== null && typeof address === "object");
    const cluster = await connect(t, { server: `http://127.0.0.1:${address.port}` });
    const refusal = refusalOf(await cluster.list({ apiVersion: "v1", resource: "pods" }));
    assert.match(refusal.message, /^Cannot list pods in the cluster: the list has no end\.$/);
    assert.ok(pages <= 3_000, String(pages));
  });
}

test("a part of an object that is null is one that is not there", async (t) => {
  const object = { metadata: { name: "a" }, spec: null, status: null, data: null };
  const { cluster } = await clusterThat(t, ({ path }) => ({
    handle: (_, response) =>
      response.end(JSON.stringify(path.endsWith("/a") ? object : { kind: "PodList", items: [object] })),
  }));
  for (const found of [
    answerOf(await cluster.list(pods))[0],
    answerOf(await cluster.get(pods, "a", { namespace: "lab" })),
  ])
    for (const part of ["spec", "status", "data"]) assert.equal(Object.hasOwn(found ?? {}, part), false, part);
});
