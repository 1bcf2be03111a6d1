import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { choosePods } from "#core/diagnosis/choose-pods.ts";
import { sceneNode } from "#core/diagnosis/scene-node.ts";

test("twice as many pods and nodes are twice as much to read", () => {
  const [few, many] = [looksFor(500), looksFor(1_000)];
  assert.ok(many <= few * 2.1, `${few} looks at 500 pods, ${many} at 1,000`);
});

test("the only replica is told from those that have company, whatever namespace and kind they are of", () => {
  const pods = [
    pod("a-0", "one", "StatefulSet a"),
    pod("a-1", "two", "StatefulSet a"),
    pod("a-2", "one", "ReplicaSet a"),
    pod("b-0", "two", "ReplicaSet b"),
    pod("b-1", "two", "ReplicaSet b"),
  ];
  assert.equal(chosen(pods, []).pods[0]?.name, "b-0");
});

test("each node is stood for by a pod that serves, and a node that is not ready by none", () => {
  const nodes = [node("n0", "True"), node("n1", "Unknown"), node("n2", "True")];
  const pods = [
    pod("quiet", "one", undefined, { nodeName: "n2" }),
    pod("serving", "one", undefined, { nodeName: "n2", ports: [{ containerPort: 80 }] }),
    pod("lost", "one", undefined, { nodeName: "n1", ports: [{ containerPort: 80 }] }),
    pod("source", "one", undefined, { nodeName: "n0" }),
  ];
  const { pods: found } = choosePods({ from: { namespace: "one", name: "source" } }, pods, [], {
    nodes: nodes.map(sceneNode),
    namespace: undefined,
    passedOver: [],
  });
  assert.deepEqual(
    found.map(({ name }) => name),
    ["source", "serving"],
  );
});

/** How often a survey of that many pods, each of a Deployment of five and ten a node, asks one for something. */
function looksFor(count: number): number {
  let looks = 0;
  const counted = (object: KubeObject): KubeObject =>
    new Proxy(object, {
      get: (target, key) => {
        looks++;
        return Reflect.get(target, key);
      },
    });
  const nodes = Array.from({ length: count / 10 }, (_, index) => sceneNode(node(`n${index}`, "True")));
  const pods = Array.from({ length: count }, (_, index) =>
    pod(`p-${index}`, "one", `ReplicaSet d${Math.floor(index / 5)}`, { nodeName: `n${index % nodes.length}` }),
  );
  const watched = nodes.map((each) => ({ ...each, object: counted(each.object) }));
  assert.equal(chosen(pods.map(counted), watched).pods.length, 8);
  return looks;
}

function chosen(pods: readonly KubeObject[], nodes: Parameters<typeof choosePods>[3]["nodes"]) {
  return choosePods({}, pods, [], { nodes, namespace: undefined, passedOver: [] });
}

function node(name: string, status: string): KubeObject {
  return { metadata: { name }, status: { conditions: [{ type: "Ready", status }] } };
}

function pod(
  name: string,
  namespace: string,
  owner?: string,
  { nodeName = "n0", ports = [] }: { readonly nodeName?: string; readonly ports?: readonly object[] } = {},
): KubeObject {
  const [kind = "", ownerName = ""] = owner?.split(" ") ?? [];
  return {
    metadata: { name, namespace, ...(owner ? { ownerReferences: [{ kind, name: ownerName }] } : {}) },
    spec: { nodeName, containers: [{ name: "app", image: "alpine", ports }] },
    status: {
      phase: "Running",
      podIPs: [{ ip: "10.0.0.1" }, { ip: "fd00::1" }],
      containerStatuses: [{ name: "app", state: { running: {} } }],
    },
  };
}
