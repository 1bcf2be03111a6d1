// Records the demo cluster anew: `node test/demo/record.ts`, as root. Builds a lab, breaks IPv6 on one node, adds a policy that stops at IPv4, asks the
// API for everything the tree shows, and keeps what a diagnosis of the whole cluster observed.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Answer, Cluster, ResourceType } from "#core/cluster/cluster.ts";
import { record } from "#core/cluster/recording.ts";
import type { Demo } from "#core/diagnosis/demo.ts";
import { diagnose } from "#core/diagnosis/diagnosis.ts";
import { drawnOf, wholeTree } from "#test/client/outline.ts";
import { faults, type Step } from "#test/lab/faults.ts";
import { startLab } from "#test/lab/lab.ts";
import { perform } from "#test/lab/perform.ts";

const FAULT = "forwarding-off";
const TARGET = path.resolve(import.meta.dirname, "../../demo/cluster.json");

/** Selects no pod, so that it is only something to see in the tree. */
const policy: Step = {
  create: "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies",
  body: {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "stops-at-ipv4" },
    spec: {
      podSelector: { matchLabels: { app: "billing" } },
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }],
    },
  },
};

const lab = await startLab({ name: "demo", nodes: 3, pods: 2 });
try {
  const fault = faults.find(({ id }) => id === FAULT);
  if (fault === undefined) throw new Error(`the lab knows no fault ${FAULT}`);
  await perform(lab, [...fault.inject, policy]);
  const cluster = answerOf(await openCluster(answerOf(await readKubeconfig({ path: lab.kubeconfig }))));
  const recording = answerOf(await record(cluster, await typesInTree(cluster)));
  const { subject, observations, startedAt, took, execs, first } = await diagnose(
    cluster,
    {},
    { now: () => Date.now() },
  );
  cluster.close();
  const demo: Demo = {
    recording: { ...recording, server: "a recording" },
    subject,
    observations,
    startedAt,
    took,
    execs,
  };
  mkdirSync(path.dirname(TARGET), { recursive: true });
  writeFileSync(TARGET, `${JSON.stringify(demo, withoutNoise, 1)}\n`);
  console.log(`${TARGET}: ${observations.length} observations, first cause: ${first?.cause ?? "none"}`);
} finally {
  await lab.stop();
}

/** What the tree lists when every row of it is opened, each once, in the order it is asked for. */
async function typesInTree(cluster: Cluster): Promise<readonly ResourceType[]> {
  const types = new Map<string, ResourceType>();
  const watch: Cluster["watch"] = (type, options, listener) => {
    types.set(`${type.apiVersion} ${type.resource}`, type);
    return cluster.watch(type, options, listener);
  };
  await drawnOf({ ...cluster, watch }, wholeTree);
  return [...types.values()];
}

/** Who wrote which field, and the images a node holds, are of no use in the tree. */
function withoutNoise(key: string, value: unknown): unknown {
  return key === "managedFields" || key === "images" ? undefined : value;
}

function answerOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}
