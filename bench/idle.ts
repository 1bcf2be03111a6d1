/**
 * What the extension does while nobody does anything, with a cluster in its view: CPU time of the extension host and of what it has started, what
 * of it is spent in the extension's own code, by a profile that samples once in a millisecond, and what it sends, in a minute. `node bench/idle.ts [SECONDS]`, where a lab and the stand-in for VS Code can run; with a build in dist/. A watch has
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
  const own = await profiled(host, () => wait(seconds * 1000));
  // A profile that never sees the extension would say 0 of it as well.
  const busy = await profiled(host, () => workbench.command("IPv6: Refresh").then(() => wait(3000)));
  console.log(
    `in ${seconds} s: ${shown.cpu} ms CPU, ${bare.cpu} ms before the extension was awake; in its own code ${own.toFixed(1)} ms (${busy.toFixed(1)} ms where it refreshes), its language ` +
      `server ${serverTicks(host)} ms in all since it began; sent over TCP: ${shown.asked} bytes to the API server, ` +
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

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly url: string } }[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

/** Milliseconds that the host's own thread spends in files of the extension meanwhile. */
async function profiled(host: number, meanwhile: () => Promise<void>): Promise<number> {
  process.kill(host, "SIGUSR1");
  await wait(2000);
  const [target] = (await (await fetch("http://127.0.0.1:9229/json/list")).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? "");
  await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
  let sent = 0;
  const ask = (method: string, params = {}) =>
    new Promise<{ readonly profile: Profile }>((resolve) => {
      const id = ++sent;
      socket.addEventListener("message", ({ data }) => {
        const answer = JSON.parse(String(data)) as { id?: number; result: { profile: Profile } };
        if (answer.id === id) resolve(answer.result);
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
  await ask("Profiler.enable");
  await ask("Profiler.setSamplingInterval", { interval: 1000 });
  await ask("Profiler.start");
  await meanwhile();
  const { profile } = await ask("Profiler.stop");
  socket.close();
  const ours = new Set(
    profile.nodes.filter(({ callFrame }) => callFrame.url.includes(`${root}/dist/`)).map(({ id }) => id),
  );
  return profile.samples.reduce(
    (sum, id, at) => sum + (ours.has(id) ? (profile.timeDeltas[at + 1] ?? 0) / 1000 : 0),
    0,
  );
}

/** Milliseconds of the language server so far. */
function serverTicks(host: number): number {
  const children = readFileSync(`/proc/${host}/task/${host}/children`, "utf8").split(" ").filter(Boolean).map(Number);
  const server = children.find((child) => readFileSync(`/proc/${child}/cmdline`, "utf8").includes("server.cjs"));
  return server === undefined ? 0 : ticks(server) * 10;
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
