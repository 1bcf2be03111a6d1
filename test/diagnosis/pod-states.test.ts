import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { type Diagnosis, diagnose } from "#core/diagnosis/diagnosis.ts";
import { diagnosisToText } from "#core/report/diagnosis.ts";
import { fixtureCluster, node, runningPod } from "./fixture-cluster.ts";

const client = runningPod("client", "n1", ["127.0.0.1", "::1"]);
const { containers } = runningPod("app", "n1", []).spec as { containers: object[] };
const waiting = (reason: string, message?: string) => ({ waiting: { reason, ...(message ? { message } : {}) } });
const condition = (type: string, status: string, reason?: string, message?: string) => ({
  type,
  status,
  lastProbeTime: null,
  ...(reason ? { reason } : {}),
  ...(message ? { message } : {}),
});
const notReady = [
  condition("Initialized", "True"),
  condition("Ready", "False", "ContainersNotReady", "containers with unready status: [app]"),
  condition("ContainersReady", "False", "ContainersNotReady", "containers with unready status: [app]"),
  condition("PodScheduled", "True"),
];
const container = (state: object, lastState: object = {}) => ({
  name: "app",
  image: "example.org/app:1",
  ready: false,
  restartCount: 6,
  started: false,
  state,
  lastState,
});
const ips = { podIP: "10.244.1.9", podIPs: [{ ip: "10.244.1.9" }, { ip: "fd00:10:244:1::9" }] };
const failed = { terminated: { exitCode: 1, reason: "Error", containerID: "containerd://0" } };
const backOff = "back-off 5m0s restarting failed container=app pod=app_default(0)";

/** The status of a pod as an API server gives it, and what has to be said of it first. */
const states: Readonly<Record<string, readonly [object, string]>> = {
  CrashLoopBackOff: [
    {
      phase: "Running",
      conditions: notReady,
      containerStatuses: [container(waiting("CrashLoopBackOff", backOff), failed)],
      ...ips,
    },
    `is not running: container app waits: CrashLoopBackOff: ${backOff}; it ended with 1 (Error) last`,
  ],
  "between two crashes": [
    { phase: "Running", conditions: notReady, containerStatuses: [container(failed)], ...ips },
    "is not running: container app ended with 1 (Error)",
  ],
  Completed: [
    {
      phase: "Succeeded",
      conditions: [condition("Ready", "False", "PodCompleted"), condition("PodScheduled", "True")],
      containerStatuses: [container({ terminated: { exitCode: 0, reason: "Completed" } })],
      ...ips,
    },
    "has completed: none of its containers runs",
  ],
  ErrImagePull: [
    {
      phase: "Pending",
      conditions: notReady,
      containerStatuses: [container(waiting("ErrImagePull", 'failed to pull image "example.org/app:1": not found'))],
      ...ips,
    },
    'is Pending: container app waits: ErrImagePull: failed to pull image "example.org/app:1": not found',
  ],
  ImagePullBackOff: [
    {
      phase: "Pending",
      conditions: notReady,
      containerStatuses: [container(waiting("ImagePullBackOff", 'Back-off pulling image "example.org/app:1"'))],
      ...ips,
    },
    'is Pending: container app waits: ImagePullBackOff: Back-off pulling image "example.org/app:1"',
  ],
  Unschedulable: [
    { phase: "Pending", conditions: [condition("PodScheduled", "False", "Unschedulable", "0/3 nodes are available")] },
    "is Pending: Unschedulable: 0/3 nodes are available",
  ],
  "Init:CrashLoopBackOff": [
    {
      phase: "Pending",
      conditions: [condition("Initialized", "False", "ContainersNotInitialized"), ...notReady.slice(1)],
      initContainerStatuses: [{ ...container(waiting("CrashLoopBackOff"), failed), name: "migrate" }],
      containerStatuses: [container(waiting("PodInitializing"))],
      ...ips,
    },
    "is Pending: container migrate waits: CrashLoopBackOff; it ended with 1 (Error) last; container app waits: PodInitializing",
  ],
  Evicted: [
    { phase: "Failed", reason: "Evicted", message: "The node was low on resource: memory." },
    "is Failed: Evicted: The node was low on resource: memory.",
  ],
};

for (const [name, [status, said]] of Object.entries(states))
  describe(`a pod that is ${name}`, () => {
    const nodeName = name === "Unschedulable" ? {} : { nodeName: "n1" };
    const app: KubeObject = {
      kind: "Pod",
      metadata: { name: "app", namespace: "default", labels: { app: "app" } },
      spec: { containers, ...nodeName },
      status: { qosClass: "BestEffort", ...status },
    };
    const ask = (from: string, to: string) =>
      asked([node("n1"), client, app], { from: ref(from), to: { kind: "pod", ...ref(to) } });

    it("is not dialled, and its state is the first thing said", async () => {
      const { diagnosis, started } = await ask("client", "app");
      assert.equal(diagnosis.troubles[0], `pod default/app ${said}`);
      assert.deepEqual([diagnosis.families.IPv6.works, diagnosis.families.IPv4.works], [[], []]);
      assert.deepEqual(provenIn(diagnosis), []);
      assert.ok(diagnosis.symptoms.some(({ failed: is, text }) => is && text.includes(said)));
      assert.deepEqual(
        started.filter((one) => one.startsWith("app/")),
        [],
      );
      const [, second = ""] = diagnosisToText(diagnosis, { color: false }).split("\n");
      assert.ok(!second.includes("works"), second);
    });

    it("nothing is dialled from it", async () => {
      const { diagnosis, started } = await ask("app", "client");
      assert.deepEqual([diagnosis.stopped?.reason, diagnosis.verdicts], ["not-running", []]);
      assert.match(diagnosis.stopped?.message ?? "", new RegExp(`^pod default/app ${said.slice(0, 12)}`));
      assert.deepEqual(started, []);
    });
  });

describe("a node that is not ready", () => {
  it("is said before anything that was dialled, with the kubelet's silence as its reason", async () => {
    const away = node("n2");
    const sick: KubeObject = {
      ...away,
      status: {
        ...away.status,
        conditions: [
          condition("MemoryPressure", "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."),
          condition("Ready", "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."),
        ],
      },
    };
    const lost = runningPod("app", "n2", ["10.244.1.9", "fd00:10:244:1::9"], 1);
    const { diagnosis } = await asked([node("n1"), sick, client, lost], {
      from: ref("client"),
      to: { kind: "pod", ...ref("app") },
    });
    const said = "node n2 is not ready: NodeStatusUnknown: Kubelet stopped posting node status.";
    assert.equal(diagnosis.troubles[0], said);
    const text = diagnosisToText(diagnosis, { color: false });
    assert.ok(text.indexOf(said) < text.indexOf("from pod default/client\n  "), text);
  });
});

async function asked(objects: readonly KubeObject[], subject: Parameters<typeof diagnose>[1]) {
  const cluster = fixtureCluster(objects);
  return { diagnosis: await diagnose(cluster, subject, { now: Date.now }), started: cluster.started };
}

function ref(name: string) {
  return { namespace: "default", name };
}

function provenIn({ verdicts }: Diagnosis): string[] {
  return verdicts.filter(({ status }) => status === "proven").map(({ cause }) => cause);
}
