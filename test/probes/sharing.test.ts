import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cluster, KubeObject } from "#core/cluster/cluster.ts";
import { probe as pods } from "#core/probes/pods.ts";
import { Sharing } from "#core/probing/sharing.ts";

const pod = (index: number): KubeObject => ({
  metadata: {
    name: `p${index}`,
    namespace: "lab",
    labels: { app: "web" },
    ...{ managedFields: [{ manager: "kubelet" }] },
  },
  spec: {
    nodeName: "n1",
    volumes: [{ name: "v" }],
    containers: [{ name: "a", image: "i", env: [{ name: "S", value: "x" }] }],
  },
  status: {
    phase: "Running",
    podIPs: [{ ip: `10.0.0.${index}` }],
    containerStatuses: [{ name: "a", state: { running: {} } }],
  },
});

const plain = (object: unknown) => JSON.parse(JSON.stringify(object));

test("objects share what is alike in them, and stay what they are", () => {
  const sharing = new Sharing();
  const [first, second] = [sharing.in(pod(1)), sharing.in(pod(2))];
  assert.deepEqual([plain(first), plain(second)], [plain(pod(1)), plain(pod(2))]);
  assert.equal(first.metadata.labels, second.metadata.labels);
  assert.equal(first.spec?.containers, second.spec?.containers);
  assert.notEqual(first.status?.podIPs, second.status?.podIPs);
});

test("what differs from object to object is not looked up for ever, and odd objects are left alone", () => {
  const sharing = new Sharing();
  for (let index = 0; index < 5_000; index++) {
    const object = sharing.in(pod(index));
    assert.equal(object.metadata.name, `p${index}`);
  }
  for (const odd of [
    { metadata: { name: "a" }, spec: null, status: 5 },
    { metadata: { name: "a" }, spec: ["x"] },
  ])
    assert.deepEqual(plain(sharing.in(odd as unknown as KubeObject)), plain(odd));
});

test("a list holds only what is read, whether the cluster drops the rest or not", async () => {
  const answers = await Promise.all(
    [true, false].map(async (drops) => {
      const list: Cluster["list"] = async (_, options) => {
        const keep = drops ? options?.keep : undefined;
        return { ok: true, value: [pod(1), pod(2)].map((object) => keep?.(object) ?? object) };
      };
      return pods.access === "api" ? pods.look({ list } as unknown as Cluster, {}, undefined) : undefined;
    }),
  );
  assert.deepEqual(plain(answers[0]), plain(answers[1]));
  assert.doesNotMatch(JSON.stringify(answers), /managedFields|volumes|"env"/);
  assert.match(JSON.stringify(answers[0]), /"apiVersion":"v1","kind":"Pod"/);
});
