/**
 * A ring of dials between many nodes: time, memory and requests of the whole command line, against the lab's API with made-up kubelets of
 * which one node, or a pair of zones, does not pass IPv6. `node bench/ring.ts [NODES:PODS,...] [PROGRAM]`, with a build in dist/. Kubelets
 * take up to two seconds to run a pod.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { madeUpNodes, serveMadeUp, type Truth } from "#test/lab/made-up.ts";
import { runMeasured } from "./large-cluster-run.ts";
import { table } from "./measure.ts";

const sizes = (process.argv[2] ?? "1000:20000,5000:150000").split(",").map((size) => size.split(":").map(Number));
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
  for (const [nodes = 0, pods = 0] of sizes) {
    rows.push(await measured({ nodes, pods, name: "the API alone", truth: () => "ok", ring: false }));
    for (const [name, truth] of Object.entries(truths))
      rows.push(await measured({ nodes, pods, name, truth, ring: true }));
  }
} finally {
  rmSync(folder, { recursive: true });
}
table(["nodes", "pods", "truth", "seconds", "peak RSS", "requests", "exit code", "left", "first finding"], rows);

interface Measured {
  readonly nodes: number;
  readonly pods: number;
  readonly name: string;
  readonly truth: Truth;
  readonly ring: boolean;
}

async function measured({ nodes, pods, name, truth, ring }: Measured): Promise<string[]> {
  const odd = madeUpNodes(nodes, (index) => (index === 9 && !ring ? { spec: { podCIDRs: ["10.0.9.0/24"] } } : {}));
  const served = await serveMadeUp({ nodes: odd, pods, truth, starting: 2_000 });
  const kubeconfig = join(folder, "config");
  writeFileSync(kubeconfig, served.kubeconfig);
  try {
    const started = performance.now();
    const env = { ...process.env, XDG_STATE_HOME: join(folder, "state") };
    const argv = [...program, "nodes", "--kubeconfig", kubeconfig, "--timeout", "60"];
    const { code, peak, output } = await runMeasured(
      [...argv, ...(ring ? ["--ring", "--yes", "--seed", "7"] : [])],
      env,
    );
    const took = (performance.now() - started) / 1000;
    const requests = Object.entries(served.requests).map(([method, times]) => `${times} ${method}`);
    const found = /^(?:IPv[46] fails| {2}podCIDRs).*$/m.exec(output)?.[0] ?? "none";
    return [
      nodes.toLocaleString("en"),
      pods.toLocaleString("en"),
      name,
      took.toFixed(1),
      `${peak} MB`,
      requests.join(", "),
      `${code}`,
      `${served.ours().length}`,
      found.trim(),
    ];
  } finally {
    served.close();
  }
}
