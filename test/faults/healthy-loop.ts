// Diagnoses healthy clusters again and again: `node test/faults/healthy-loop.ts [TIMES]`, as root. Prints each claim it hears; there must be none.
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Answer, Cluster } from "#core/cluster/cluster.ts";
import { diagnose, type Subject } from "#core/diagnosis/diagnosis.ts";
import { startLab } from "#test/lab/lab.ts";
import { perform } from "#test/lab/perform.ts";
import { chosen } from "./entries.ts";
import { labOf, missing } from "./run.ts";

const times = Number(process.argv[2] ?? 100);
const healthy = chosen.filter((run) => run.entry.causes.length === 0 && !run.entry.fails && !missing(run));
const survey: Subject = {};
let runs = 0;
let claims = 0;

for (const run of healthy) {
  const { what, make, subject } = run.entry;
  const lab = await startLab(labOf(run, `healthy${process.pid}`));
  try {
    await perform(lab, typeof make === "function" ? make(run.shape) : make);
    const cluster = answerOf(await openCluster(answerOf(await readKubeconfig({ path: lab.kubeconfig })), lab.name));
    for (let turn = 0; turn < Math.ceil(times / healthy.length); turn++)
      await once(cluster, what, turn % 4 === 3 ? survey : subject);
    cluster.close();
  } finally {
    await lab.stop();
  }
}
console.log(`${runs} runs of ${healthy.length} healthy clusters, ${claims} claims`);
process.exitCode = claims === 0 ? 0 : 1;

async function once(cluster: Cluster, what: string, subject: Subject): Promise<void> {
  const { verdicts, symptoms } = await diagnose(cluster, subject, { now: Date.now, outside: [] });
  runs++;
  const heard = [
    ...verdicts.filter(({ status }) => status === "proven").map(({ cause, because }) => `proven ${cause}: ${because}`),
    ...symptoms.filter(({ failed }) => failed).map(({ to, text }) => `fails ${to}: ${text}`),
  ];
  claims += heard.length;
  for (const claim of heard) console.log(`${what}: ${claim}`);
}

function answerOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}
