// Compares the diagnosis of one pod pair with a script of kubectl commands that people pass around for the same purpose, on one lab in one run:
// `node bench/diagnosis.ts [ROUNDS]`, as root, with kubectl on the PATH. Prints a table of times and execs.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Answer, Cluster } from "#core/cluster/cluster.ts";
import { diagnose, type Subject } from "#core/diagnosis/diagnosis.ts";
import { faults } from "#test/lab/faults.ts";
import { type Lab, startLab } from "#test/lab/lab.ts";
import { perform } from "#test/lab/perform.ts";
import { percentile, table } from "./measure.ts";

const rounds = Number(process.argv[2] ?? 5);
/** A command of the script that never ends (kubectl debug waits for its pod) is given up after this many seconds. */
const patience = 60;

/** What the script asks of a pod, and of each pod of a pair: the second half of it, twice. */
const aroundPod = `
kubectl get pods -n $NAMESPACE -o custom-columns=NAME:.metadata.name,IPS:.status.podIPs
kubectl get pod $POD -n $NAMESPACE -o jsonpath='{.status.podIPs}'
kubectl exec $POD -n $NAMESPACE -- ip -6 addr show || echo "Cannot exec into pod"
kubectl exec $POD -n $NAMESPACE -- ip -6 route show || echo "Cannot get routes"
kubectl exec $POD -n $NAMESPACE -- nslookup -type=AAAA kubernetes.default || echo "DNS check failed"
`;
const aroundCluster = String.raw`
kubectl get nodes -o jsonpath='{range .items[*]}{.metadata.name}: {.spec.podCIDRs}{"\n"}{end}'
kubectl get pods -n kube-system | grep -E 'calico|cilium|flannel|weave' | head -5
kubectl get svc -n $NAMESPACE -o custom-columns=NAME:.metadata.name,CLUSTER-IPS:.spec.clusterIPs,IP-FAMILIES:.spec.ipFamilies
kubectl get networkpolicies -n $NAMESPACE
`;

const pair: Subject = {
  from: { namespace: "default", name: "n1-p1" },
  to: { kind: "pod", namespace: "default", name: "n2-p1" },
};

const lab = await startLab({ name: `bench${process.pid}`, nodes: 3, pods: 2, mode: "vxlan6" });
const folder = mkdtempSync(join(tmpdir(), "bench-"));
try {
  const opened = answerOf(await openCluster(answerOf(await readKubeconfig({ path: lab.kubeconfig })), lab.name));
  const rows = [await compare(lab, opened, "healthy")];
  for (const id of ["forwarding-off", "pod-without-default-route"]) {
    const fault = faults.find((each) => each.id === id);
    if (!fault) throw new Error(`the lab knows no fault ${id}`);
    await perform(lab, fault.inject);
    rows.push(await compare(lab, opened, id));
    await perform(lab, fault.heal);
  }
  opened.close();
  table(["lab", "diagnosis (median)", "execs", "names", "script (median)", "execs", "names", "time"], rows);
} finally {
  rmSync(folder, { recursive: true });
  await lab.stop();
}

async function compare(lab: Lab, cluster: Cluster, state: string): Promise<string[]> {
  const script = join(folder, "script.sh");
  const pods = ["n1-p1", "n2-p1"].map((pod) => `POD=${pod}\n${aroundPod}`);
  writeFileSync(script, `NAMESPACE=default\n${aroundCluster}${pods.join("")}`);
  const ours: number[] = [];
  const theirs: number[] = [];
  let execs = 0;
  let named = "";
  for (let round = 0; round < rounds; round++) {
    theirs.push(await timed(() => runScript(script, lab)));
    ours.push(
      await timed(async () => {
        const diagnosis = await diagnose(cluster, pair, { now: Date.now });
        execs = Math.max(execs, diagnosis.execs);
        named = diagnosis.first?.cause ?? "-";
      }),
    );
  }
  const [mine, other] = [percentile(ours, 50), percentile(theirs, 50)];
  const scriptExecs = (pods.join("").match(/kubectl exec/g) ?? []).length;
  return [
    state,
    `${Math.round(mine)} ms`,
    `${execs}`,
    named,
    `${Math.round(other)} ms`,
    `${scriptExecs}`,
    "-",
    `${Math.round((mine / other) * 100)} %`,
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function runScript(script: string, lab: Lab): Promise<void> {
  const env = { ...process.env, KUBECONFIG: lab.kubeconfig };
  const child = spawn("timeout", [`${patience}`, "bash", script], { env, stdio: "ignore" });
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", () => done());
  });
}

function answerOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}
