import assert from "node:assert/strict";
import { availableParallelism, loadavg } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";
import * as vscode from "vscode";
import type { Api } from "#client/extension.ts";
import { activated } from "./activated.ts";
import { until } from "./until.ts";

describe("activation", () => {
  it("takes less than 250 ms, and evaluates nothing of the cluster's client", async function () {
    const extension = vscode.extensions.getExtension<Api>("kube-ipv6.kube-ipv6");
    assert.ok(extension);
    if (extension.isActive) return this.skip();
    await calm();
    const start = performance.now();
    const before = process.cpuUsage();
    const { connection } = await extension.activate();
    const took = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    const work = (user + system) / 1000;
    console.log(`    activate(): ${took.toFixed(0)} ms, of CPU ${work.toFixed(0)} ms, in VS Code ${vscode.version}`);
    // On a machine that does other things as well, the clock measures those: then only the work counts.
    const busy = (loadavg()[0] ?? 0) > availableParallelism();
    assert.ok((busy ? work : took) < 250, `${took.toFixed(0)} ms, of CPU ${work.toFixed(0)} ms`);
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
