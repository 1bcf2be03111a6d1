import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Script } from "node:vm";
import * as vscode from "vscode";
import type { Api } from "#client/extension.ts";
import { activated } from "./activated.ts";
import { until } from "./until.ts";

describe("activation", () => {
  it("takes little more than reading its code, and evaluates nothing of the cluster's client", async function () {
    const extension = vscode.extensions.getExtension<Api>("kube-ipv6.kube-ipv6");
    assert.ok(extension);
    if (extension.isActive) return this.skip();
    await calm();
    const floor = reading(extension.extensionPath);
    const start = performance.now();
    const before = process.cpuUsage();
    const { connection } = await extension.activate();
    const took = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    const work = (user + system) / 1000;
    const figures = `${took.toFixed(0)} ms, of CPU ${work.toFixed(0)} ms; reading its code takes ${floor.toFixed(0)} ms of CPU`;
    console.log(`    activate(): ${figures}, in VS Code ${vscode.version}`);
    // Where reading takes 25 ms, this is a quarter of a second.
    assert.ok(work < floor * 10, figures);
    assert.equal(connection.asked, false, "nobody looked at a cluster yet");
  });

  it("brings the commands that package.json declares", async () => {
    await activated();
    const known = await vscode.commands.getCommands(true);
    const { contributes } = vscode.extensions.getExtension("kube-ipv6.kube-ipv6")?.packageJSON ?? {};
    const missing = contributes.commands.filter(({ command }: { command: string }) => !known.includes(command));
    assert.deepEqual(missing, []);
  });

  it("keeps credential plugins and the choice of a kubeconfig to trusted workspaces", () => {
    const { capabilities } = vscode.extensions.getExtension("kube-ipv6.kube-ipv6")?.packageJSON ?? {};
    assert.equal(capabilities.untrustedWorkspaces.supported, "limited");
    assert.deepEqual(capabilities.untrustedWorkspaces.restrictedConfigurations, ["kube-ipv6.kubeconfig"]);
  });

  it("starts the language server", async () => {
    await (await activated()).language;
  });
});

/** Milliseconds of CPU to compile the extension's code in full, which no start can do without: a measure of how fast the machine is. */
function reading(extensionPath: string): number {
  const code = readFileSync(join(extensionPath, "dist/extension.cjs"), "utf8");
  const before = process.cpuUsage();
  new Script(code, { produceCachedData: true });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Waits until VS Code's own extensions, which start at the same time, leave the event loop alone for half a second. */
async function calm(): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  await until("a calm extension host", async () => {
    delay.reset();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return delay.max < 40e6 ? true : undefined;
  });
  delay.disable();
}
