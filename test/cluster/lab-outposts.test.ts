import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { type LedgerEntry, outpostLedger } from "#cluster/ledger.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Outpost } from "#core/cluster/outposts.ts";
import { containerIn, podOn } from "#core/outposts/outpost.ts";
import type { Lab } from "#test/lab/lab.ts";
import type { Any } from "#test/lab/objects/object.ts";
import { labSkip, labTest } from "#test/lab/support.ts";

const skip = await labSkip();
const pods = "/api/v1/namespaces/default/pods";
const image = "registry.k8s.io/e2e-test-images/agnhost:2.53";
const making = (name: string, from = image) => ({ image: from, namespace: "default", name: () => name });

async function opened(lab: Lab, t: TestContext, context = lab.name) {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-outposts-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const ledger = outpostLedger(join(folder, "ledger"));
  const config = await readKubeconfig({ path: lab.kubeconfig });
  assert.ok(config.ok);
  const cluster = await openCluster(config.value, context);
  assert.ok(cluster.ok);
  t.after(() => cluster.value.close());
  return { ledger, cluster: cluster.value, outposts: cluster.value.outposts(ledger) };
}

async function ours(lab: Lab): Promise<string[]> {
  const { items } = await lab.api("GET", "/api/v1/pods?labelSelector=app.kubernetes.io/managed-by=kube-ipv6");
  return items.map((each: Any) => each.metadata.name);
}

labTest(
  "an outpost of each kind runs, is on record meanwhile, and is gone afterwards",
  { nodes: 1 },
  skip,
  async (lab, t) => {
    const { ledger, cluster, outposts } = await opened(lab, t);
    const target = await lab.api("GET", `${pods}/n1-p1`);
    const all: Outpost[] = [
      podOn("n1", "probe-pod", making("kube-ipv6-probe")),
      podOn("n1", "node", making("kube-ipv6-node")),
      podOn("n1", "privileged-node", making("kube-ipv6-privileged")),
      containerIn(target, making("kube-ipv6-inside")),
    ];
    for (const outpost of all) {
      assert.equal(await outposts.hindrance(outpost), undefined);
      const answer = await outposts.create(outpost);
      assert.ok(answer.ok, JSON.stringify(answer));
      const ran = await cluster.run(outpost, ["cat", "/proc/net/if_inet6"], { timeout: 5_000 });
      assert.ok(ran.ok && ran.value.exitCode === 0, JSON.stringify(ran));
    }
    assert.equal(ledger.entries().length, all.length);
    assert.deepEqual(await outposts.sweep(), [], "what this process needs is left alone");
    assert.equal((await ours(lab)).length, 3);
    const left = await outposts.removeAll();
    assert.deepEqual(
      left.map(({ outpost, why }) => [outpost.container, why]),
      [
        [
          "kube-ipv6-inside",
          "it has ended and does nothing any more; Kubernetes keeps it listed until the pod is deleted",
        ],
      ],
    );
    assert.deepEqual([await ours(lab), ledger.entries()], [[], []]);
    const written = lab.writes("kube-ipv6").filter((line) => !line.includes("selfsubjectaccessreviews"));
    assert.deepEqual(written.sort(), [
      ...["node", "privileged", "probe"].map((name) => `DELETE ${pods}/kube-ipv6-${name} 200`),
      `PATCH ${pods}/n1-p1/ephemeralcontainers 200`,
      ...Array(3).fill(`POST ${pods} 201`),
    ]);
  },
);

labTest("what a process that is gone has left is swept, and nothing else", { nodes: 1 }, skip, async (lab, t) => {
  const { ledger, outposts } = await opened(lab, t);
  const stale = podOn("n1", "node", making("kube-ipv6-stale"));
  const foreign = podOn("n1", "node", making("kube-ipv6-foreign"));
  await lab.api("POST", pods, stale.body);
  const { metadata, ...rest } = foreign.body as Any;
  await lab.api("POST", pods, { ...rest, metadata: { ...metadata, labels: { app: "somebody" } } });
  const server = ((await opened(lab, t)).cluster as { server: string }).server;
  const entry = ({ body: _body, ...outpost }: Outpost): LedgerEntry => ({
    format: 1,
    outpost,
    context: lab.name,
    server,
    created: Date.now() - 60_000,
    process: { pid: 1, started: "0" },
  });
  ledger.write(entry(stale));
  ledger.write(entry(foreign));
  ledger.write(entry(podOn("n1", "node", making("kube-ipv6-never"))));
  ledger.write({ ...entry(podOn("n1", "node", making("kube-ipv6-elsewhere"))), server: "https://[::1]:1" });
  assert.deepEqual(await outposts.sweep(), []);
  assert.deepEqual(
    ledger.entries().map(({ outpost }) => outpost.pod),
    ["kube-ipv6-elsewhere"],
  );
  const { items } = await lab.api("GET", pods);
  const names = items.map((each: Any) => each.metadata.name);
  assert.ok(!names.includes("kube-ipv6-stale") && names.includes("kube-ipv6-foreign"), `${names}`);
});

labTest(
  "what must not or cannot run is refused with a reason, and nothing of it stays",
  { nodes: 1 },
  skip,
  async (lab, t) => {
    const { ledger, outposts } = await opened(lab, t);
    const absent = await outposts.create(podOn("n1", "node", making("kube-ipv6-a", "registry.example/none:1")));
    assert.match(absent.ok ? "" : absent.refusal.message, /did not come to run: ErrImagePull: failed to pull/);
    assert.deepEqual(await outposts.removeAll(), []);
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    await lab.api("PATCH", "/api/v1/namespaces/default", { metadata: { labels } }, "application/merge-patch+json");
    assert.ok((await outposts.create(podOn("n1", "probe-pod", making("kube-ipv6-b")))).ok, "it is made for this");
    const insecure = await outposts.create(podOn("n1", "node", making("kube-ipv6-c")));
    assert.match(
      insecure.ok ? "" : insecure.refusal.message,
      /violates PodSecurity "restricted:latest": host namespaces/,
    );
    assert.match(insecure.ok ? "" : (insecure.refusal.remedy ?? ""), /another namespace may be given/);
    assert.deepEqual(await outposts.removeAll(), []);
    assert.deepEqual([await ours(lab), ledger.entries()], [[], []]);
  },
);

labTest(
  "each right that is missing is named, and nothing is created without it",
  { nodes: 1 },
  skip,
  async (lab, t) => {
    const context = `${lab.name}-viewer`;
    const { outposts } = await opened(lab, t, context);
    const rights = [
      ["pods", "create"],
      ["pods", "delete"],
      ["pods", "get"],
      ["pods/exec", "get"],
      ["pods/exec", "create"],
      ["pods/ephemeralcontainers", "patch"],
    ] as const;
    const target = await lab.api("GET", `${pods}/n1-p1`);
    const pod = podOn("n1", "node", making("kube-ipv6-a"));
    const inside = containerIn(target, making("kube-ipv6-b"));
    for (const [resource, verb] of rights) {
      const others = rights.filter((right) => right[0] !== resource || right[1] !== verb);
      const rules = others.map(([each, allowed]) => ({
        namespaces: ["default"],
        apiGroups: [""],
        resources: [each],
        verbs: [allowed],
      }));
      await lab.control({ rules: { viewer: rules } });
      const said = [await outposts.hindrance(pod), await outposts.hindrance(inside)];
      const expected = [resource !== "pods/ephemeralcontainers", resource.includes("/") || verb === "get"];
      assert.deepEqual(
        said.map((refusal) => refusal !== undefined),
        expected,
        `${verb} ${resource}`,
      );
      for (const refusal of said)
        if (refusal) assert.equal(refusal.message, `You may not ${verb} ${resource} in namespace "default".`);
    }
    assert.deepEqual(
      lab.writes("kube-ipv6").filter((line) => !line.includes("selfsubjectaccessreviews")),
      [],
    );
  },
);
