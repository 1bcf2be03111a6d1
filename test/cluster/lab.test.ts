import assert from "node:assert/strict";
import { after, before, suite, type TestContext, test } from "node:test";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { type OpenCluster, openCluster } from "#cluster/open-cluster.ts";
import { WatchCache } from "#cluster/watch-cache.ts";
import type { ResourceType, WatchEvent } from "#core/cluster/cluster.ts";
import { type Lab, startLab } from "#test/lab/lab.ts";
import { whyNoLab } from "#test/lab/requirements.ts";
import { answerOf, refusalOf } from "./kubeconfig-file.ts";

const core = (resource: string): ResourceType => ({ apiVersion: "v1", resource });
const slices: ResourceType = { apiVersion: "discovery.k8s.io/v1", resource: "endpointslices" };

const why = await whyNoLab();
if (why !== undefined) console.error(`SKIPPED the cluster client against a lab: ${why}`);

suite("against a lab", { skip: why ?? false }, () => {
  const name = `cl${process.pid}`;
  let lab: Lab;
  before(async () => {
    lab = await startLab({ name, nodes: 2, pods: 1 });
  });
  after(() => lab?.stop());

  async function as(test: TestContext, role?: string): Promise<OpenCluster> {
    const kubeconfig = answerOf(await readKubeconfig({ path: lab.kubeconfig }));
    const context = role === undefined ? undefined : `${name}-${role}`;
    const cluster = answerOf(await openCluster(kubeconfig, context, { env: {}, timeout: 5_000 }));
    test.after(() => cluster.close());
    return cluster;
  }

  async function somePod(cluster: OpenCluster) {
    const pods = answerOf(await cluster.list(core("pods"), { fieldSelector: "metadata.name=n1-p1" }));
    const { metadata, spec } = pods[0] ?? assert.fail("no pod n1-p1");
    return { namespace: metadata.namespace ?? "", pod: metadata.name, container: String(spec.containers[0].name) };
  }

  /** Cuts what is open, again and again until that is noticed: what is to be cut may not be open yet. */
  async function cutting<T>(noticed: Promise<T>): Promise<T> {
    const again = setInterval(() => void lab.control({ cutStreams: true }), 100);
    try {
      return await noticed;
    } finally {
      clearInterval(again);
    }
  }

  test("its nodes, pods and slices are listed and read", async (t) => {
    const cluster = await as(t);
    assert.ok(answerOf(await cluster.version()).minor >= 30);
    const nodes = answerOf(await cluster.list(core("nodes")));
    assert.equal(nodes.length, 2);
    const first = answerOf(await cluster.get(core("nodes"), nodes[0]?.metadata.name ?? ""));
    assert.equal(first.metadata.uid, nodes[0]?.metadata.uid);
    assert.ok(answerOf(await cluster.list(slices)).every(({ kind }) => kind === "EndpointSlice"));
    assert.equal(refusalOf(await cluster.list({ apiVersion: "no.such/v1", resource: "things" })).reason, "unsupported");
    assert.equal(refusalOf(await cluster.get(core("nodes"), "nosuch")).reason, "not-found");
  });

  test("programs run in its pods, and fail as they do", async (t) => {
    const cluster = await as(t);
    const pod = await somePod(cluster);
    const run = (argv: readonly string[], stdin?: string) =>
      cluster.run(pod, argv, { timeout: 5_000, ...(stdin === undefined ? {} : { stdin }) });
    const read = answerOf(await run(["cat", "/proc/net/if_inet6"]));
    assert.match(read.stdout, /^[0-9a-f]{32} /m);
    assert.deepEqual(answerOf(await run(["cat"], "süß\n")), { stdout: "süß\n", stderr: "", exitCode: 0 });
    const missing = answerOf(await run(["cat", "/no/such"]));
    assert.equal(missing.exitCode, 1);
    assert.match(missing.stderr, /No such file/);
    assert.equal(refusalOf(await run(["no-such-program"])).reason, "no-command");
    const ghost = { ...pod, pod: "ghost" };
    assert.equal(refusalOf(await cluster.run(ghost, ["true"], { timeout: 5_000 })).reason, "not-found");
  });

  test("a program that outlives its time is given up", async (t) => {
    const cluster = await as(t);
    const answer = await cluster.run(await somePod(cluster), ["sleep", "60"], { timeout: 300 });
    assert.equal(refusalOf(answer).reason, "timeout");
  });

  test("a connection that is cut while a program runs is said", async (t) => {
    const cluster = await as(t);
    const pod = await somePod(cluster);
    const running = cluster.run(pod, ["sleep", "60"], { timeout: 10_000 });
    const refusal = refusalOf(await cutting(running));
    assert.equal(refusal.reason, "unreachable");
    assert.match(refusal.message, /cut while the program ran/);
  });

  test("what a role may not do is said in the server's words", async (t) => {
    const pod = await somePod(await as(t));
    const viewer = await as(t, "viewer");
    const nodes = refusalOf(await viewer.list(core("nodes")));
    assert.equal(nodes.reason, "forbidden");
    assert.match(nodes.message, /User "system:serviceaccount:default:viewer" cannot list resource "nodes"/);
    for (const role of ["viewer", "execget", "execcreate"]) {
      const refusal = refusalOf(await (await as(t, role)).run(pod, ["true"], { timeout: 5_000 }));
      assert.equal(refusal.reason, "forbidden", role);
      assert.match(refusal.remedy ?? "", /get and create on pods\/exec/);
    }
    const review = { apiVersion: "v1", resource: "pods", subresource: "exec", namespace: pod.namespace };
    assert.equal(answerOf(await viewer.mayI({ ...review, verb: "create" })), false);
    assert.equal(answerOf(await (await as(t, "execcreate")).mayI({ ...review, verb: "create" })), true);
  });

  test("a watch survives what a server does to it", { timeout: 20_000 }, async (t) => {
    const cluster = await as(t);
    const events: WatchEvent["type"][] = [];
    let heard = () => {};
    const watch = cluster.watch(core("services"), {}, ({ type }) => {
      events.push(type);
      heard();
    });
    t.after(() => watch.stop());
    const until = (enough: () => boolean) =>
      new Promise<void>((resolve) => {
        heard = () => enough() && resolve();
        heard();
      });
    await until(() => events.includes("reset"));
    await lab.control({ cutStreams: true });
    const before = events.length;
    await lab.control({ expire: true, cutStreams: true });
    await until(() => events.length > before && events.at(-1) === "reset");
    assert.ok(!events.includes("lost"), "a stream that is cut is opened again");
  });

  test("the cache keeps what it knew while the server is away, and comes back", { timeout: 20_000 }, async (t) => {
    const cluster = await as(t);
    const cache = new WatchCache(cluster, { collect: 10 });
    t.after(() => cache.close());
    t.after(() => lab.control({ cut: false }));
    let heard = () => {};
    const nodes = cache.subscribe(core("nodes"), {}, () => heard());
    const state = (kind: string) =>
      new Promise<void>((resolve) => {
        heard = () => nodes.state.kind === kind && resolve();
        heard();
      });
    await state("live");
    await lab.control({ cut: true, cutStreams: true });
    await state("lost");
    assert.equal(nodes.objects.length, 2);
    await lab.control({ cut: false });
    await state("live");
    assert.equal(nodes.objects.length, 2);
  });

  test("a server that is slow is given up in time", async (t) => {
    const kubeconfig = answerOf(await readKubeconfig({ path: lab.kubeconfig }));
    const cluster = answerOf(await openCluster(kubeconfig, undefined, { env: {}, timeout: 200 }));
    t.after(() => cluster.close());
    t.after(() => lab.control({ delay: 0 }));
    await lab.control({ delay: 2_000 });
    assert.equal(refusalOf(await cluster.list(core("nodes"))).reason, "timeout");
  });
});
