import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import * as vscode from "vscode";
import type { Api } from "#client/extension.ts";
import { activated } from "./activated.ts";

describe("activation", () => {
  it("reads little code, and nothing of the cluster's client", async function () {
    const extension = vscode.extensions.getExtension<Api>("kube-ipv6.kube-ipv6");
    assert.ok(extension);
    if (extension.isActive) return this.skip();
    const start = performance.now();
    const before = process.cpuUsage();
    const { connection, language } = await extension.activate();
    const took = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    const cpu = (user + system) / 1000;
    console.log(`    activate(): ${took.toFixed(0)} ms, of CPU ${cpu.toFixed(0)} ms, in VS Code ${vscode.version}`);
    await language;
    const dist = join(extension.extensionPath, "dist");
    // A start is mostly reading code; how long that takes is the machine's affair.
    assert.deepEqual(loadedFrom(dist), ["extension.cjs", "languageclient.cjs"]);
    assert.ok(statSync(join(dist, "extension.cjs")).size < 420_000, "what is read before the extension is active");
    assert.equal(connection.asked, false, "nobody looked at a cluster yet");
  });

  it("brings the commands that package.json declares", async () => {
    await activated();
    const known = await vscode.commands.getCommands(true);
    const { contributes } = vscode.extensions.getExtension("kube-ipv6.kube-ipv6")?.packageJSON ?? {};
    const declared: readonly string[] = contributes.commands.map(({ command }: { command: string }) => command);
    assert.deepEqual(
      declared.filter((command) => !known.includes(command)),
      [],
    );
  });

  it("registers no command that package.json does not declare", async () => {
    await activated();
    const { contributes } = vscode.extensions.getExtension("kube-ipv6.kube-ipv6")?.packageJSON ?? {};
    const declared = contributes.commands.map(({ command }: { command: string }) => command);
    // VS Code makes some for every view, and the language client two for what the server can be told.
    const made = /^kube-ipv6\.(?:\w+\.(?:focus|open|resetViewLocation|removeView|toggleVisibility)|fixAll|fixRule)$/;
    const own = (await vscode.commands.getCommands(true)).filter((command) => command.startsWith("kube-ipv6."));
    assert.deepEqual(
      own.filter((command) => !declared.includes(command) && !made.test(command)),
      [],
    );
  });

  it("keeps credential plugins and the choice of a kubeconfig to trusted workspaces", () => {
    const { capabilities } = vscode.extensions.getExtension("kube-ipv6.kube-ipv6")?.packageJSON ?? {};
    assert.equal(capabilities.untrustedWorkspaces.supported, "limited");
    assert.deepEqual(capabilities.untrustedWorkspaces.restrictedConfigurations, ["kube-ipv6.kubeconfig"]);
  });

  it("starts the language server", async () => {
    await (await activated()).language;
  });

  it("writes down what it is and what happens, and starts the language server again when that is wanted", async () => {
    const { log } = await activated();
    assert.match(log()[0] ?? "", /^\d\d:\d\d:\d\d kube-ipv6 \d+\.\d+\.\d+, VS Code \d/);
    await vscode.commands.executeCommand("kube-ipv6.restartServer");
    assert.match(log().at(-1) ?? "", /the language server was started again$/);
    await vscode.commands.executeCommand("kube-ipv6.showOutput");
  });
});

/** The names of the modules that this process has loaded from a folder. */
function loadedFrom(folder: string): readonly string[] {
  return Object.keys(require.cache)
    .filter((file) => dirname(file) === folder)
    .map((file) => basename(file))
    .sort();
}
