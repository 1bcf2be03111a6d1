import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Answer } from "#core/cluster/cluster.ts";
import { type Diagnosis, diagnose, type Subject } from "#core/diagnosis/diagnosis.ts";
import { diagnosisToJson, diagnosisToMarkdown, diagnosisToText } from "#core/report/diagnosis.ts";
import { membersOf, type Usage, usageOf } from "./cgroups.ts";
import { processesIn } from "./enter.ts";
import { exec } from "./exec-client.ts";
import { faults } from "./faults.ts";
import type { Lab } from "./lab.ts";
import { bytesOf } from "./limits.ts";
import { perform } from "./perform.ts";
import { labSkip, labTest, until } from "./support.ts";

const skip = await labSkip();
const mebibyte = 1024 * 1024;
/** The outside of a lab: one address that refuses, and one where nobody is. */
const outside = ["2001:db8:ffff::1", "198.51.100.77"];
const from = (name: string) => ({ namespace: "default", name });
const images = { "n1-p1": "busybox", "n1-p2": "bash", "n1-p3": "node", "n1-p4": "kube-proxy" };

labTest(
  "a diagnosis leaves no zombie, and at no moment more than three processes in a container, whatever its shell",
  { nodes: 2, pods: 4, images },
  skip,
  async (lab) => {
    const drop = faults.find(({ id }) => id === "forward-policy-drops-ipv6");
    assert.ok(drop);
    // A server that forks for every dial would be counted as ours.
    for (const pod of Object.keys(images)) endServer(lab, pod);
    for (const broken of [false, true]) {
      if (broken) await perform(lab, drop.inject);
      for (const pod of Object.keys(images)) {
        await until("the server to be gone", async () => usage(lab, pod).processes <= 2);
        const atRest = usage(lab, pod);
        await look(lab, { from: from(pod), to: { kind: "service", namespace: "default", name: "web" } });
        await look(lab, { from: from(pod) });
        const { processesPeak = 0, oomKills } = usage(lab, pod);
        // An interpreter is one process, with threads of its own.
        if (pod !== "n1-p3") assert.ok(processesPeak - atRest.processes <= 3, `${pod}: ${processesPeak} processes`);
        assert.equal(oomKills, 0);
        await until(`nothing to run in ${pod}`, async () => usage(lab, pod).processes === atRest.processes);
      }
    }
    const everybody = [...lab.plan.pods.map(({ name }) => name), ...(await hostPods(lab))];
    for (const pod of everybody) {
      const zombies = processesIn(lab.plan.directory, pod).filter(
        ({ state, name }) => state === "Z" && name !== "httpd",
      );
      assert.deepEqual(zombies, [], pod);
    }
  },
);

for (const [image, holds] of [
  ["busybox", "60Mi"],
  ["bash", "60Mi"],
  ["busybox", "57Mi"],
  ["bash", "57Mi"],
  ["node", "57Mi"],
] as const)
  labTest(
    `${holds} of 64Mi in use (${image}): nothing is killed, and what was not started is said`,
    {
      nodes: 2,
      pods: 2,
      images: { "n1-p1": image },
      limits: { "n1-p1": { memory: "64Mi" } },
      holds: { "n1-p1": holds },
    },
    skip,
    async (lab) => {
      await until("the application to hold its memory", async () => usage(lab, "n1-p1").memory > bytesOf(holds));
      const atRest = usage(lab, "n1-p1");
      for (let round = 0; round < 10; round++) {
        const { observations } = await look(lab, { from: from("n1-p1") });
        const inPod = observations.filter(({ vantage }) => vantage.kind === "pod" && vantage.pod === "n1-p1");
        const refused = inPod.filter(({ answer }) => !answer.ok && answer.refusal.reason === "no-room");
        if (holds === "60Mi") assert.equal(refused.length, inPod.length, "all that was asked of it");
        else if (image !== "node") assert.equal(refused.length, 0, refused[0]?.line);
      }
      const { oomKills, memoryPeak = 0, processesPeak = 0 } = usage(lab, "n1-p1");
      assert.equal(oomKills, 0);
      // The room is looked at before anything is started beside the shell itself.
      if (holds === "60Mi" && image === "busybox") assert.ok(processesPeak - atRest.processes <= 1, `${processesPeak}`);
      // An exec of `sh -c cat` takes up to 0.7 MiB of it.
      if (image !== "node")
        assert.ok(memoryPeak - atRest.memory < 2.7 * mebibyte, `${memoryPeak - atRest.memory} bytes more`);
      const { status } = await lab.api("GET", "/api/v1/namespaces/default/pods/n1-p1");
      assert.equal(status.containerStatuses[0].restartCount, 0);
    },
  );

labTest(
  "a container that may start no more processes is left alone",
  { nodes: 2, pods: 2, limits: { "n1-p1": { pids: "5" } } },
  skip,
  async (lab) => {
    const { observations } = await look(lab, { from: from("n1-p1") });
    const inPod = observations.filter(({ vantage }) => vantage.kind === "pod" && vantage.pod === "n1-p1");
    assert.ok(inPod.length > 0);
    for (const { answer } of inPod) assert.equal(!answer.ok && answer.refusal.reason, "no-room");
  },
);

function endServer(lab: Lab, pod: string): void {
  const server = membersOf(basename(lab.plan.directory), pod).find((pid) =>
    /httpd/.test(readFileSync(`/proc/${pid}/comm`, "utf8")),
  );
  if (server !== undefined) process.kill(server, "SIGKILL");
}

labTest(
  "a container that is restarted while it is looked at is the first line of every report",
  { nodes: 2, pods: 2, limits: { "n1-p1": { memory: "64Mi" } }, holds: { "n1-p1": "40Mi" } },
  skip,
  async (lab) => {
    await until("the application to hold its memory", async () => usage(lab, "n1-p1").memory > bytesOf("40Mi"));
    const restarts = async () =>
      (await lab.api("GET", "/api/v1/namespaces/default/pods/n1-p1")).status.containerStatuses[0].restartCount;
    const killed = { at: Promise.resolve() };
    const diagnosis = await look(lab, { from: from("n1-p1") }, (vantage) => {
      if (vantage !== "node n1" && vantage !== "pod default/n1-p1") return;
      killed.at = exec(lab, "n1-p1", ["dd", "if=/dev/zero", "of=/dev/null", "bs=40M", "count=1"])
        .then(() => until("a restart", async () => (await restarts()) > 0))
        .catch(() => undefined);
    });
    await killed.at;
    assert.match(diagnosis.restarts[0] ?? "", /^container "web" of pod default\/n1-p1 was restarted .*\(OOMKilled\)/);
    const [first] = diagnosis.restarts;
    assert.ok(diagnosisToText(diagnosis, { color: false }).startsWith(`${first}\n`));
    assert.ok(diagnosisToMarkdown(diagnosis).startsWith("**container"));
    assert.deepEqual(JSON.parse(diagnosisToJson(diagnosis)).restarts, diagnosis.restarts);
  },
);

async function look(lab: Lab, subject: Subject, onAsking: (vantage: string) => void = () => {}): Promise<Diagnosis> {
  const cluster = answerOf(await openCluster(answerOf(await readKubeconfig({ path: lab.kubeconfig })), lab.name));
  try {
    return await diagnose(cluster, subject, {
      now: Date.now,
      outside,
      onProgress: ({ vantage }) => onAsking(vantage),
    });
  } finally {
    cluster.close();
  }
}

function usage(lab: Lab, pod: string): Usage {
  return usageOf(basename(lab.plan.directory), pod);
}

async function hostPods(lab: Lab): Promise<string[]> {
  const { items } = await lab.api("GET", "/api/v1/namespaces/kube-system/pods");
  return items
    .filter((pod: { spec: { hostNetwork?: boolean } }) => pod.spec.hostNetwork)
    .map((pod: { metadata: { name: string } }) => pod.metadata.name);
}

function answerOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}
