/**
 * A ring of dials between many nodes: time, memory and requests of the whole command line, against the lab's API with made-up kubelets of
 * which one node, or a pair of zones, does not pass IPv6. `node bench/ring.ts [NODES,NODES,...] [PROGRAM]`, with a build in dist/.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { madeUpNodes, serveMadeUp, type Truth } from "#test/lab/made-up.ts";
import { runMeasured } from "./large-cluster-run.ts";
import { table } from "./measure.ts";

const sizes = (process.argv[2] ?? "1000").split(",").map(Number);
const program = process.argv.length > 3 ? process.argv.slice(3) : ["dist/cli.cjs"];
const folder = mkdtempSync(join(tmpdir(), "bench-"));
const zoneOf = (node: string) => Number(node.replace("node-", "")) % 3;
const truths: Readonly<Record<string, Truth>> = {
  healthy: () => "ok",
  "one bad node": (from, to, family) => (family === "IPv6" && [from, to].includes("node-17") ? "timeout" : "ok"),
  "one bad pair of zones": (from, to, family) =>
    family === "IPv6" && [zoneOf(from), zoneOf(to)].sort().join() === "0,1" ? "timeout" : "ok",
};
const rows: string[][] = [];
try {
  for (const nodes of sizes)
    for (const [name, truth] of Object.entries(truths)) rows.push(await measured(nodes, name, truth));
} finally {
  rmSync(folder, { recursive: true });
}
table(["nodes", "pods", "truth", "seconds", "peak RSS", "requests", "exit code", "left", "first finding"], rows);

async function measured(count: number, name: string, truth: Truth): Promise<string[]> {
  const served = await serveMadeUp({ nodes: madeUpNodes(count), pods: count * 20, truth, starting: 2_000 });
  const kubeconfig = join(folder, "config");
  writeFileSync(kubeconfig, served.kubeconfig);
  try {
    const started = performance.now();
    const env = { ...process.env, XDG_STATE_HOME: join(folder, "state") };
    const argv = [...program, "nodes", "--ring", "--yes", "--seed", "7", "--kubeconfig", kubeconfig];
    const { code, peak, output } = await runMeasured(argv, env);
    const took = (performance.now() - started) / 1000;
    const requests = Object.entries(served.requests).map(([method, times]) => `${times} ${method}`);
    const found = /^IPv[46] fails.*$/m.exec(output)?.[0] ?? "none";
    return [
      count.toLocaleString("en"),
      (count * 20).toLocaleString("en"),
      name,
      took.toFixed(1),
      `${peak} MB`,
      requests.join(", "),
      `${code}`,
      `${served.ours().length}`,
      found,
    ];
  } finally {
    served.close();
  }
}
