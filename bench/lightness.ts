// What a diagnosis costs the container it looks into, beside a plain exec of `cat`, on one lab in one run: `node bench/lightness.ts [RUNS] [IMAGE...]`,
// as root. The application holds all of its 64 MiB but the rest named in the table; it is PID 1 and waits for no orphan.
import { basename } from "node:path";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Answer, Cluster } from "#core/cluster/cluster.ts";
import { diagnose } from "#core/diagnosis/diagnosis.ts";
import { isUnified, usageOf } from "#test/lab/cgroups.ts";
import { processesIn } from "#test/lab/enter.ts";
import { type Lab, startLab } from "#test/lab/lab.ts";
import { bytesOf } from "#test/lab/limits.ts";
import { until } from "#test/lab/support.ts";
import { table } from "./measure.ts";

const runs = Number(process.argv[2] ?? 100);
const mebibyte = 1024 * 1024;
const pod = "n1-p2";
const from = { namespace: "default", name: pod };
const files = ["/proc/net/if_inet6", "/proc/net/ipv6_route", "/proc/net/snmp6", "/etc/resolv.conf"];

console.log(`cgroup ${isUnified() ? "v2" : "v1"}, ${runs} runs a row`);
const rows: string[][] = [];
const images = process.argv.length > 3 ? process.argv.slice(3) : ["busybox", "bash", "kube-proxy"];
for (const image of images) for (const left of [4, 8]) rows.push(...(await measured(image, left)));
table(
  [
    "image",
    "MiB left",
    "what",
    "kills",
    "restarts",
    "zombies",
    "processes",
    "MiB",
    "CPU ms a run",
    "answers",
    "CPU ms an answer",
  ],
  rows,
);

async function measured(image: string, left: number): Promise<string[][]> {
  const holds = `${64 - left}Mi`;
  const lab = await startLab({
    name: `light${process.pid}`,
    nodes: 2,
    pods: 2,
    images: { [pod]: image },
    limits: { [pod]: { memory: "64Mi", pids: "512" } },
    holds: { [pod]: holds },
  });
  const cluster = answerOf(await openCluster(answerOf(await readKubeconfig({ path: lab.kubeconfig })), lab.name));
  try {
    const exec = await row(lab, holds, () => plainExec(cluster));
    // New groups: what was highest so far is forgotten.
    await lab.serve(pod, "[::]:8080");
    const diagnosis = await row(lab, holds, () => survey(cluster));
    return [
      [image, `${left}`, "exec of cat", ...exec],
      [image, `${left}`, "diagnosis", ...diagnosis],
    ];
  } finally {
    cluster.close();
    await lab.stop();
  }
}

/** Kills, restarts, zombies, the most processes and MiB above rest, CPU milliseconds a run, answers a run, and CPU an answer. */
async function row(lab: Lab, holds: string, run: () => Promise<number>): Promise<string[]> {
  const usage = () => usageOf(basename(lab.plan.directory), pod);
  await until("the application to hold its memory", async () => usage().memory > bytesOf(holds));
  const rest = usage();
  let answers = 0;
  for (let round = 0; round < runs; round++) answers += await run();
  const after = usage();
  const { status } = await lab.api("GET", `/api/v1/namespaces/default/pods/${pod}`);
  const zombies = processesIn(lab.plan.directory, pod).filter(({ state }) => state === "Z").length;
  const cpu = (after.cpu - rest.cpu) / 1000;
  return [
    `${after.oomKills}`,
    `${status.containerStatuses[0].restartCount}`,
    `${zombies}`,
    after.processesPeak === undefined ? "?" : `+${after.processesPeak - rest.processes}`,
    after.memoryPeak === undefined ? "?" : `+${((after.memoryPeak - rest.memory) / mebibyte).toFixed(1)}`,
    (cpu / runs).toFixed(1),
    (answers / runs).toFixed(0),
    answers === 0 ? "-" : (cpu / answers).toFixed(2),
  ];
}

async function plainExec(cluster: Cluster): Promise<number> {
  const at = { namespace: "default", pod, container: "client" };
  const { stdout } = answerOf(await cluster.run(at, ["sh", "-c", `cat ${files.join(" ")}`], { timeout: 20_000 }));
  return stdout === "" ? 0 : files.length;
}

/** How many questions the pod answered, with every dial, request and lookup of a survey. */
async function survey(cluster: Cluster): Promise<number> {
  const { observations } = await diagnose(cluster, { from }, { now: Date.now, outside: ["2001:db8:ffff::1"] });
  return observations.filter(({ through, answer }) => through?.pod === pod && answer.ok).length;
}

function answerOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}
