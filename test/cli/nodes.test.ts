import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { findResource, type Resource } from "#test/lab/api/resources.ts";
import { type MadeUp, type MadeUpCluster, madeUpNodes, serveMadeUp, type Truth } from "#test/lab/made-up.ts";
import { object } from "#test/lab/objects/object.ts";
import { whole } from "#test/support/whole.ts";
import { started } from "./in-lab.ts";

const many = whole ? 1_000 : 60;
const healthy: Truth = () => "ok";
const deaf: Truth = (from, to, family) => (family === "IPv6" && [from, to].includes("node-17") ? "timeout" : "ok");
const zoneOf = (node: string) => Number(node.replace("node-", "")) % 3;
const apart: Truth = (from, to, family) =>
  family === "IPv6" && zoneOf(from) + zoneOf(to) === 1 ? "unreachable" : "ok";

interface Served extends MadeUpCluster {
  nodes(...args: string[]): ReturnType<typeof started>;
  left(...args: string[]): ReturnType<typeof started>;
  ledger(): string[];
}

async function serving(t: TestContext, made: Partial<MadeUp> = {}): Promise<Served> {
  const cluster = await serveMadeUp({ nodes: madeUpNodes(many), pods: many * 20, truth: healthy, ...made });
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-nodes-"));
  t.after(() => {
    cluster.close();
    rmSync(folder, { recursive: true });
  });
  const config = join(folder, "config");
  writeFileSync(config, cluster.kubeconfig);
  const env = { ...process.env, XDG_STATE_HOME: folder, KUBECONFIG: config };
  return {
    ...cluster,
    nodes: (...args) => started(["nodes", ...args], env),
    left: (...args) => started(["left", ...args], env),
    ledger: () => {
      try {
        return readdirSync(join(folder, "kube-ipv6", "ledger"));
      } catch {
        return [];
      }
    },
  };
}

test("the list of nodes alone is read to name the odd one out", async (t) => {
  const odd = madeUpNodes(many, (index) => (index === 9 ? { spec: { podCIDRs: ["10.0.9.0/24"] } } : {}));
  const cluster = await serving(t, { nodes: odd });
  const { code, out } = await cluster.nodes().ran;
  assert.equal(code, 1);
  assert.match(out, /podCIDRs: IPv4\/24, IPv6\/64 on [\d,]+ of [\d,]+ nodes; IPv4\/24 on node-9\n/);
  assert.equal(cluster.requests.POST, undefined);
  assert.ok((cluster.requests.GET ?? 0) <= Math.ceil(many / 500));
});

test("without a yes nothing is created, and nothing is begun where nobody can be asked", async (t) => {
  const cluster = await serving(t);
  const { code, err } = await cluster.nodes("--ring").ran;
  assert.equal(code, 2);
  assert.match(err, /no terminal to ask at/);
  assert.deepEqual(cluster.requests, {});
});

test("healthy nodes: nothing fails, the coverage is stated, and nothing is left", async (t) => {
  const cluster = await serving(t);
  const { code, out, err } = await cluster.nodes("--ring", "--yes").ran;
  assert.equal(code, 0, err);
  assert.match(out, /^IPv6 {2}([\d,]+) of \1 dials answered$/m);
  assert.match(out, /^IPv4 {2}([\d,]+) of \1 dials answered$/m);
  assert.match(out, /Covered over IPv6 and IPv4: every node with at least 10 others, from both ends/);
  const share = Math.floor((10 / (many - 1)) * 1000) / 10;
  assert.ok(out.includes(`is found with a probability of ${share} %`), out);
  assert.match(err, /Job kube-ipv6-[0-9a-f]{10}, which all else belongs to/);
  assert.deepEqual(cluster.ours(), []);
  assert.deepEqual(cluster.ledger(), []);
});

test("one bad node is named, and the way to look into it", async (t) => {
  const cluster = await serving(t, { truth: deaf });
  const { code, out } = await cluster.nodes("--ring", "--yes", "-o", "json").ran;
  const { ring, exitCode } = JSON.parse(out);
  assert.deepEqual([code, exitCode], [1, 1]);
  assert.equal(ring.findings.length, 1);
  const [finding] = ring.findings;
  assert.deepEqual([finding.family, finding.words], ["IPv6", "from and to node node-17"]);
  assert.equal(finding.otherFamily.failed, 0);
  assert.match(finding.next, /^kube-ipv6 diagnose --context made-up --from shop\/app-\d+ --to pod\/shop\/app-\d+$/);
  assert.deepEqual(cluster.ours(), []);
});

test("one bad pair of zones is named", async (t) => {
  const cluster = await serving(t, { truth: apart });
  const { code, out } = await cluster.nodes("--ring", "--yes").ran;
  assert.equal(code, 1);
  const found = out.split("\n").filter((line) => / fails /.test(line));
  assert.equal(found.length, 1, out);
  assert.match(
    found[0] ?? "",
    /^IPv6 fails between zone zone-a and zone zone-b: ([\d,]+) of \1 dials \(\1 unreachable\)$/,
  );
});

test("what was not dialled is not said to work: a node whose pod does not run, one that is cordoned, one with a taint", async (t) => {
  const nodes = madeUpNodes(12, (index) => ({
    spec: {
      podCIDRs: ["10.0.0.0/24", "fd00::/64"],
      ...(index === 3 ? { unschedulable: true } : {}),
      ...(index === 4 ? { taints: [{ key: "gpu", effect: "NoSchedule" }] } : {}),
    },
  }));
  const cluster = await serving(t, { nodes, pods: 12, dead: ["node-5"] });
  const { code, out, err } = await cluster.nodes("--ring", "--yes").ran;
  assert.equal(code, 3, err);
  assert.match(
    out,
    /not looked: 3 nodes: .*node-3 \(it is cordoned\).*node-4 \(it has the taint gpu\).*node-5 \(its pod did not come to run/,
  );
  assert.match(out, /9 nodes that listened/);
  assert.deepEqual(cluster.ours(), []);
});

test("what a quota would refuse is not begun", async (t) => {
  const cluster = await serving(t);
  const hard = { pods: "10" };
  cluster.store.put(
    findResource("", "v1", "resourcequotas") as Resource,
    object(
      "v1",
      "ResourceQuota",
      { name: "few", namespace: "default" },
      { spec: { hard }, status: { hard, used: {} } },
    ),
  );
  const { code, err } = await cluster.nodes("--ring", "--yes").ran;
  assert.equal(code, 3);
  assert.match(err, /ResourceQuota few leaves 10 of pods, and \d+ are needed/);
  assert.deepEqual(cluster.ours(), []);
  assert.deepEqual(cluster.ledger(), []);
});

/** Resolves once so many kinds of objects are there, or the command has ended. */
async function begun(cluster: Served, kinds: number, child: ReturnType<typeof started>["child"]): Promise<void> {
  const there = () => new Set(cluster.ours().map((name) => name.split("/")[0])).size;
  while (there() < kinds && child.exitCode === null) await wait(5);
}

for (const kinds of [1, 2, 3, 4])
  test(`Ctrl-C once ${kinds} kinds of objects are there leaves nothing`, async (t) => {
    const cluster = await serving(t, { nodes: madeUpNodes(30), pods: 30, truth: deaf, starting: 1_000 });
    const { child, ran } = cluster.nodes("--ring", "--yes");
    await begun(cluster, kinds, child);
    child.kill("SIGINT");
    const { code, err } = await ran;
    assert.match(err, /cancelled; what was created is being removed/);
    assert.notEqual(code, 0);
    assert.deepEqual(cluster.ours(), []);
  });

for (const kinds of [1, 2, 4])
  test(`killed once ${kinds} kinds of objects are there: the next start removes all of it, or left does`, async (t) => {
    const cluster = await serving(t, { nodes: madeUpNodes(30), pods: 30, starting: 1_000 });
    const { child, ran } = cluster.nodes("--ring", "--yes");
    await begun(cluster, kinds, child);
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    await ran;
    assert.ok(cluster.ours().length > 0);
    assert.equal(cluster.ledger().length, 1);
    const listed = await cluster.left("--list").ran;
    assert.match(listed.out, /^still there {2}Job kube-ipv6-[0-9a-f]{10} in namespace default and what belongs to it/);
    if (kinds === 2) {
      const { code, out } = await cluster.left().ran;
      assert.equal(code, 0, out);
      assert.match(out, /^removed/);
    } else {
      const { code, err } = await cluster.nodes("--ring", "--yes").ran;
      assert.equal(code, 0, err);
    }
    assert.deepEqual(cluster.ours(), []);
    assert.deepEqual(cluster.ledger(), []);
  });

test("whatever has become of us, Kubernetes ends the Job and removes what belongs to it", async (t) => {
  const cluster = await serving(t, { nodes: madeUpNodes(10), pods: 10, starting: 1_000 });
  const { child, ran } = cluster.nodes("--ring", "--yes");
  await begun(cluster, 2, child);
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
  await ran;
  const jobs = findResource("batch", "v1", "jobs") as Resource;
  const [job] = cluster.store.list(jobs);
  assert.ok(job);
  // As when its deadline is over: failed, and its time to live is 0.
  cluster.store.delete(jobs, job);
  while (cluster.ours().length > 0) await wait(5);
});

test("who may not remove what would be created does not create it", async (t) => {
  const cluster = await serving(t, { nodes: madeUpNodes(10), pods: 10, role: "viewer" });
  const { code, err } = await cluster.nodes("--ring", "--yes").ran;
  assert.equal(code, 3);
  assert.match(err, /Cannot list nodes|You may not create jobs/);
  assert.deepEqual(cluster.ours(), []);
});

test("of nodes chosen by their labels no other gets a pod, and what those that fail have in common is said", async (t) => {
  const nodes = madeUpNodes(40, (index) => ({ labels: { pool: index < 20 ? "a" : "b", rack: `r${index >> 2}` } }));
  const bad = /^node-(8|9|10|11)$/;
  const truth: Truth = (from, to, family) => (family === "IPv6" && (bad.test(from) || bad.test(to)) ? "timeout" : "ok");
  const cluster = await serving(t, { nodes, pods: 40, truth });
  const placed = new Set<string>();
  cluster.store.on("change", ({ resource, object: pod }) => {
    if (resource === "v1/pods" && pod.metadata.labels?.["kube-ipv6/part"]?.match(/listen|dial/))
      placed.add(pod.spec.nodeName);
  });
  const { code, out } = await cluster.nodes("--ring", "--yes", "-l", "pool=a", "--partners", "6").ran;
  assert.equal(code, 1);
  assert.deepEqual(
    [...placed].sort(),
    nodes
      .slice(0, 20)
      .map(({ metadata }) => metadata.name)
      .sort(),
  );
  assert.match(
    out,
    /The 4 nodes that fail over IPv6, and no other, have in common \(which proves no cause\):\n {2}label rack: r2\n/,
  );
});
