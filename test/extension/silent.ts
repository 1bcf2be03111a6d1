/** Whom the extension host and everything it starts reaches for: nobody but the API server of the kubeconfig that was chosen. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { HostUnavailable, installHost, UNAVAILABLE } from "#test/host/install.ts";
import { startWorkbench, type Workbench } from "#test/host/workbench.ts";
import { extensionHost } from "./extension-host.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

async function main(): Promise<void> {
  if (spawnSync("strace", ["-qq", "-e", "trace=connect", "true"]).status !== 0)
    throw new HostUnavailable("strace is missing, or may trace nothing here.");
  installHost();
  const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-silent-"));
  cpSync(path.join(import.meta.dirname, "workspace"), path.join(folder, "workspace"), { recursive: true });
  const asked: string[] = [];
  const api = createServer(({ url = "" }, response) => {
    asked.push(url);
    response.writeHead(403, { "content-type": "application/json" }).end("{}");
  }).listen(0, "127.0.0.1");
  await once(api, "listening");
  const { port } = api.address() as AddressInfo;
  writeFileSync(path.join(folder, "config"), kubeconfig(port));
  const settings = { "kube-ipv6.kubeconfig": path.join(folder, "config"), "remote.autoForwardPorts": false };
  const options = { folder: path.join(folder, "workspace"), shots: path.join(import.meta.dirname, "shots"), settings };
  const workbench = await startWorkbench({ ...options, extensions: [ROOT], env: { HOME: folder } });
  try {
    await workbench.row(/network/);
    const trace = path.join(folder, "trace");
    const strace = await attach(await extensionHost(folder), trace);
    await everything(workbench);
    assert.ok(asked.length > 0, "the API server was asked");
    await ended(strace);
    const reached = reachedIn(readFileSync(trace, "utf8"));
    assert.deepEqual([...new Set(reached)], [`127.0.0.1 ${port}`]);
    console.log(`${reached.length} connections, all of them to the API server; ${asked.length} requests`);
  } catch (error) {
    await workbench.screenshot("silent-error");
    throw error;
  } finally {
    await workbench.close();
    api.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is used of the extension in an hour: manifests first, then the cluster, which refuses everything. */
async function everything(workbench: Workbench): Promise<void> {
  await workbench.openFile("policy.yaml");
  await workbench.squiggle("warning");
  await workbench.hover("0.0.0.0/0", /add ::\/0/);
  await workbench.page.mouse.move(5, 5);
  await workbench.command("IPv6: Show Address Plan");
  await workbench.webview().locator("h2", { hasText: "Overlaps" }).waitFor();
  await workbench.openView("Kubernetes IPv6");
  await workbench.row(/test/);
  await workbench.row(/limited: may not list|forbidden/i);
  await (await workbench.row(/test/)).click();
  await workbench.command("IPv6: Refresh");
  await workbench.row(/limited: may not list|forbidden/i);
}

/** Writes down every connection and datagram of a process, of its threads, and of all that it starts from now on. */
async function attach(pid: number, log: string): Promise<ChildProcess> {
  const calls = "trace=connect,sendto,sendmsg,sendmmsg";
  const strace = spawn("strace", ["-f", "-e", calls, "-e", "signal=none", "-o", log, "-p", String(pid)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    strace.stderr?.on("data", (chunk: Buffer) => {
      said += chunk;
      if (said.includes("attached")) resolve();
    });
    strace.once("exit", () => reject(new Error(`strace: ${said}`)));
  });
  return strace;
}

async function ended(strace: ChildProcess): Promise<void> {
  const exit = once(strace, "exit");
  if (strace.exitCode === null && strace.signalCode === null && strace.kill("SIGINT")) await exit;
}

function reachedIn(trace: string): string[] {
  const four = /sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)/g;
  const six = /sa_family=AF_INET6, sin6_port=htons\((\d+)\).*?inet_pton\(AF_INET6, "([^"]+)"/g;
  return [four, six].flatMap((form) => [...trace.matchAll(form)].map(([, port, address]) => `${address} ${port}`));
}

function kubeconfig(port: number): string {
  return `apiVersion: v1
kind: Config
current-context: test
contexts: [{name: test, context: {cluster: test, user: test}}]
clusters: [{name: test, cluster: {server: "http://127.0.0.1:${port}"}}]
users: [{name: test, user: {}}]
`;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof HostUnavailable)) throw error;
  console.error(`SKIPPED the record of every connection: ${error.message}`);
  process.exitCode = UNAVAILABLE;
}
