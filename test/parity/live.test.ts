import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, type Cluster, type KubeObject, refused } from "#core/cluster/cluster.ts";
import { readPolicies } from "#core/parity/live.ts";
import { parityOf } from "#core/parity/parity.ts";

/** A cluster that serves these lists; of the rest it knows nothing. */
function serving(lists: Readonly<Record<string, readonly KubeObject[] | "forbidden">>) {
  const asked: string[] = [];
  const cluster = {
    list: (type: { resource: string; apiVersion: string }, options: { keep: (object: KubeObject) => KubeObject }) => {
      asked.push(type.resource);
      const found = lists[`${type.apiVersion} ${type.resource}`];
      if (found === "forbidden") return Promise.resolve(refused("forbidden", "may not list"));
      return Promise.resolve(found ? answered(found.map(options.keep)) : refused("unsupported", "not served"));
    },
  } as unknown as Cluster;
  return { cluster, asked };
}

const policy: KubeObject = {
  metadata: { name: "web", namespace: "shop" },
  spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] },
};
const pod: KubeObject = {
  metadata: {
    name: "web-5f6-x",
    namespace: "shop",
    labels: { "pod-template-hash": "5f6" },
    ownerReferences: [{ kind: "ReplicaSet", name: "web-5f6", controller: true }],
  },
  spec: { containers: [{ name: "c", env: [{ name: "SECRET", value: "x" }], ports: [{ containerPort: 80 }] }] },
  status: { phase: "Running", podIP: "10.244.0.2", podIPs: [{ ip: "10.244.0.2" }, { ip: "fd00:244::2" }] },
};

test("a cluster's policies and pods are read as lists, and its pods are called after their Deployment", async () => {
  const { cluster, asked } = serving({
    "apps/v1 daemonsets": [{ metadata: { name: "cilium", namespace: "kube-system" } }],
    "networking.k8s.io/v1 networkpolicies": [policy],
    "v1 pods": [pod],
  });
  const { objects, engine, agent, unread } = await readPolicies(cluster);
  assert.deepEqual([engine, agent, unread], ["cilium", "cilium", []]);
  assert.ok(!asked.includes("globalnetworkpolicies"), "what another engine enforces is not asked for");
  assert.doesNotMatch(JSON.stringify(objects), /SECRET/, "what nobody reads is not kept");
  const [difference] = parityOf(objects, { engine: "cilium" }).differences;
  assert.equal(difference?.open, "IPv4");
  assert.deepEqual(difference?.instances[0]?.subject.groups[0]?.workloads, ["Deployment shop/web"]);
});

test("without any policy no pod is asked for, and what may not be listed is said", async () => {
  const { cluster, asked } = serving({ "networking.k8s.io/v1 networkpolicies": "forbidden" });
  const { objects, unread } = await readPolicies(cluster);
  assert.deepEqual(objects, []);
  assert.deepEqual(
    unread.map(({ what }) => what),
    ["networkpolicies (networking.k8s.io/v1)"],
  );
  assert.ok(!asked.includes("pods"));
});
