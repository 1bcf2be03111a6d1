/**
 * A survey of a cluster of many pods: time and memory of the whole command line, against what JSON.parse takes for the same bytes.
 * `node bench/large-cluster.ts [PODS,PODS,...] [PROGRAM]`, with a build in dist/; thirty pods a node. The API server is made up here, and serves nothing but lists.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runMeasured } from "./large-cluster-run.ts";
import { serveCluster } from "./large-cluster-server.ts";
import { table } from "./measure.ts";

const sizes = (process.argv[2] ?? "5000,15000,50000,150000").split(",").map(Number);
const cli = process.argv.slice(3);
const folder = mkdtempSync(join(tmpdir(), "bench-"));
const rows: string[][] = [];
try {
  for (const pods of sizes) rows.push(await measured(pods));
} finally {
  rmSync(folder, { recursive: true });
}
table(["pods", "nodes", "MB sent", "JSON.parse", "diagnose", "peak RSS", "exit code", "requests"], rows);

async function measured(pods: number): Promise<string[]> {
  const served = await serveCluster(pods);
  const kubeconfig = join(folder, "config");
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(served.server)));
  const program = cli.length > 0 ? cli : ["dist/cli.cjs"];
  try {
    const started = performance.now();
    const { code, peak } = await runMeasured([...program, "diagnose", "--kubeconfig", kubeconfig, "--quiet"]);
    const took = performance.now() - started;
    const { bytes, parsing, requests } = served.sent();
    return [
      pods.toLocaleString("en"),
      served.nodes.toLocaleString("en"),
      (bytes / 2 ** 20).toFixed(0),
      `${(parsing / 1000).toFixed(1)} s`,
      `${(took / 1000).toFixed(1)} s`,
      `${peak} MB`,
      `${code}`,
      `${requests}`,
    ];
  } finally {
    served.close();
  }
}

function kubeconfigOf(server: string) {
  return {
    "current-context": "large",
    contexts: [{ name: "large", context: { cluster: "large", user: "me" } }],
    clusters: [{ name: "large", cluster: { server } }],
    users: [{ name: "me", user: {} }],
  };
}
