/**
 * What the extension does while nobody does anything, with a cluster in its view: CPU time of the extension host and of what it has started, and
 * what it sends, in a minute. `node bench/idle.ts [SECONDS]`, where a lab and the stand-in for VS Code can run; with a build in dist/. A watch has
 * a connection of its own, so that one which is opened again (after five to ten minutes, or where it broke) is a new connection.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { extensionHost } from "#test/extension/extension-host.ts";
import { installHost } from "#test/host/install.ts";
import { startWorkbench } from "#test/host/workbench.ts";
import { startLab } from "#test/lab/lab.ts";

const seconds = Number(process.argv[2] ?? 60);
const root = path.resolve(import.meta.dirname, "..");
installHost();
const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-idle-"));
const lab = await startLab({ name: `idle${process.pid}`, nodes: 2, pods: 2 });
const port = new URL(/server: (\S+)/.exec(readFileSync(lab.kubeconfig, "utf8"))?.[1] ?? "").port;
const settings = { "kube-ipv6.kubeconfig": lab.kubeconfig, "remote.autoForwardPorts": false };
const shots = path.join(root, "out");
const workbench = await startWorkbench({ folder, shots, settings, extensions: [root], env: { HOME: folder } });
try {
  const host = await extensionHost(folder);
  // What VS Code's own extensions do in the same time, before this one is awake.
  const bare = await idle(host);
  await workbench.openView("Kubernetes IPv6");
  await workbench.row(/Dual-stack/);
  for (const row of ["Nodes", "Namespaces", "default", "Pods", "Services"]) await workbench.expand(row);
  await workbench.row("n1-p1");
  const shown = await idle(host);
  console.log(
    `in ${seconds} s: ${shown.cpu} ms CPU, ${bare.cpu} ms before the extension was awake; sent over TCP: ${shown.asked} bytes to the API server, ` +
      `${shown.again} watches opened again; ${shown.told} bytes to VS Code itself, which was told ${bare.told} bytes before`,
  );
} finally {
  await workbench.close();
  await lab.stop();
  rmSync(folder, { recursive: true, force: true });
}

interface Idle {
  /** ms */
  readonly cpu: number;
  /** Bytes that were sent to the API server over the connections that there were, and to anybody else. */
  readonly asked: number;
  readonly told: number;
  /** Connections to the API server that there were not before. */
  readonly again: number;
}

/** In so many seconds, after a while. */
async function idle(host: number): Promise<Idle> {
  await wait(15_000);
  const before = { cpu: ticks(host), ...sent(host) };
  await wait(seconds * 1000);
  const after = { cpu: ticks(host), ...sent(host) };
  const grown = [...after.asked].map(([from, bytes]) => bytes - (before.asked.get(from) ?? bytes));
  const asked = grown.reduce((sum, bytes) => sum + bytes, 0);
  const again = [...after.asked.keys()].filter((from) => !before.asked.has(from)).length;
  return { cpu: (after.cpu - before.cpu) * 10, asked, told: after.told - before.told, again };
}

/** Of a process and its children, in ticks of 10 ms. */
function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  return Number(fields[11]) + Number(fields[12]) + children.reduce((sum, child) => sum + ticks(child), 0);
}

/** Bytes that a process has sent over the TCP connections that it has: its window talks to VS Code over one as well. */
function sent(pid: number): { readonly asked: ReadonlyMap<string, number>; readonly told: number } {
  const lines = execFileSync("ss", ["-tinpH"], { encoding: "utf8" }).replaceAll(/\n\s+/g, " ").split("\n");
  const own = lines.filter((line) => line.includes(`pid=${pid},`));
  const bytes = (line: string) => Number(/bytes_sent:(\d+)/.exec(line)?.[1] ?? 0);
  const toServer = own.filter((line) => line.split(/\s+/)[4]?.endsWith(`:${port}`));
  const asked = new Map(toServer.map((line) => [line.split(/\s+/)[3] ?? "", bytes(line)]));
  const told = own.filter((line) => !toServer.includes(line)).reduce((sum, line) => sum + bytes(line), 0);
  return { asked, told };
}
