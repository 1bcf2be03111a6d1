/** A plan that is followed: a Service of one family gets its second, and connections that are open stay so. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import { planMigration } from "#core/migration/live.ts";
import type { Lab } from "./lab.ts";
import { inNetns } from "./run.ts";
import { fetchFrom, labSkip, labTest, until } from "./support.ts";

const skip = await labSkip();
const services = "/api/v1/namespaces/default/services";

labTest(
  "following the plan and undoing it loses no connection that it did not announce",
  { nodes: 2, pods: 2 },
  skip,
  async (lab, t) => {
    const spec = {
      selector: { app: "web" },
      ports: [{ port: 80, targetPort: 8080 }],
      ipFamilyPolicy: "SingleStack",
      ipFamilies: ["IPv4"],
    };
    const made = await lab.api("POST", services, {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "old" },
      spec,
    });
    const name = "http://old.default.svc.cluster.local/";
    await until("the Service answers", async () => (await fetchFrom(lab, "n1-p2", name)) > 0);
    const script = `const s=require("net").connect(80,"${made.spec.clusterIP}",()=>console.log("open"));s.on("close",()=>{console.log("closed");process.exit()});s.on("error",(e)=>console.log(String(e)))`;
    const [program = "", ...args] = inNetns(`${lab.name}-n1-p2`, [process.execPath, "-e", script]);
    const held = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
    t.after(() => held.kill());
    const said: string[] = [];
    const lines = createInterface({ input: held.stdout }).on("line", (line) => said.push(line));
    await once(lines, "line");

    const before = await plan(lab);
    const tasks = before.phases.flatMap((phase) => phase.tasks);
    const own = tasks.filter(({ commands }) => commands.some(([first]) => first === "kubectl"));
    assert.deepEqual(
      own.map(({ title, interrupts }) => [title, interrupts]),
      [["Service default/old: both families", undefined]],
    );
    assert.deepEqual(
      before.refused.map(({ object }) => object),
      ["Service default/kubernetes"],
    );
    for (const { commands } of own) for (const command of commands) await kubectl(lab, command);
    const { clusterIPs } = (await lab.api("GET", `${services}/old`)).spec;
    assert.equal(clusterIPs[0], made.spec.clusterIP, "the first address stays");
    await until("it answers over IPv6", async () => (await fetchFrom(lab, "n1-p2", `http://[${clusterIPs[1]}]/`)) > 0);
    assert.deepEqual(
      (await plan(lab)).phases.map(({ title }) => title),
      ["It holds"],
    );

    for (const { undo } of own) if (undo) await kubectl(lab, undo);
    assert.deepEqual((await lab.api("GET", `${services}/old`)).spec.clusterIPs, [made.spec.clusterIP]);
    assert.deepEqual(said, ["open"], "the connection was never lost");
  },
);

async function plan(lab: Lab) {
  const kubeconfig = await readKubeconfig({ env: {}, path: lab.kubeconfig });
  assert.ok(kubeconfig.ok);
  const opened = await openCluster(kubeconfig.value, undefined, { allowExec: true, timeout: 20_000 });
  assert.ok(opened.ok);
  try {
    return (await planMigration(opened.value, { namespace: "default", to: "dual", exec: true })).migration;
  } finally {
    opened.value.close();
  }
}

/** What the printed command sends: a merge patch. */
async function kubectl(
  lab: Lab,
  [, , namespace = "", verb = "", kind = "", name = "", , , , body = ""]: readonly string[],
): Promise<void> {
  assert.deepEqual([verb, kind], ["patch", "service"]);
  await lab.api(
    "PATCH",
    `/api/v1/namespaces/${namespace}/services/${name}`,
    JSON.parse(body),
    "application/merge-patch+json",
  );
}
