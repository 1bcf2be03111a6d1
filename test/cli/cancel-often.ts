/**
 * `node test/cli/cancel-often.ts [TIMES]`: cancels a ring of dials at random moments, and kills as many at once; of the former nothing may be
 * left when it ends, of the latter nothing after the next start. Prints what was there at that moment.
 */
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { madeUpNodes, serveMadeUp, type Truth } from "#test/lab/made-up.ts";
import { started } from "./in-lab.ts";

const times = Number(process.argv[2] ?? "30");
const truth: Truth = (from, to, family) => (family === "IPv6" && [from, to].includes("node-17") ? "timeout" : "ok");
let wrong = 0;
for (const signal of ["SIGINT", "SIGKILL"] as const) {
  const seen = new Map<string, number>();
  for (let time = 0; time < times; time++) {
    const cluster = await serveMadeUp({ nodes: madeUpNodes(40), pods: 40, truth, starting: 600 });
    const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-cancel-"));
    const config = join(folder, "config");
    writeFileSync(config, cluster.kubeconfig);
    const env = { ...process.env, XDG_STATE_HOME: folder, KUBECONFIG: config };
    const { child, ran } = started(["nodes", "--ring", "--yes"], env);
    const exited = once(child, "exit");
    while ((cluster.requests.POST ?? 0) === 0 && child.exitCode === null) await wait(2);
    await Promise.race([wait(Math.random() * 5_000), exited]);
    const kinds = [...new Set(cluster.ours().map((name) => name.split("/")[0]))].join("+") || "nothing";
    seen.set(kinds, (seen.get(kinds) ?? 0) + 1);
    child.kill(signal);
    const { err } = await ran;
    if (signal === "SIGKILL") await started(["left"], env).ran;
    if (cluster.ours().length > 0) {
      wrong++;
      console.error(`${signal}: ${cluster.ours().join(", ")}\n${err.split("\n").slice(-5).join("\n")}`);
    }
    cluster.close();
    rmSync(folder, { recursive: true });
  }
  console.log(`${signal} ${times} times, with ${[...seen].map(([what, count]) => `${what} ${count}`).join(", ")}`);
}
console.log(wrong === 0 ? "nothing was left" : `${wrong} times something was left`);
process.exitCode = wrong === 0 ? 0 : 1;
