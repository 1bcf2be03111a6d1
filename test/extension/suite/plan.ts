import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { WrittenPlan } from "#client/plan/answer.ts";
import { activated } from "./activated.ts";
import { until } from "./until.ts";

const workspace = path.join(process.env.KUBE_IPV6_ROOT ?? "", "test/extension/workspace");

async function plans(argument?: vscode.Uri): Promise<readonly WrittenPlan[]> {
  const shown = await vscode.commands.executeCommand<readonly WrittenPlan[]>("kube-ipv6.showPlan", argument);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(tabs.filter(({ label }) => label === "IPv6: Address Plan"));
  return shown;
}

describe("the address plan", () => {
  before(async () => {
    await (await activated()).language;
  });

  it("holds every range of a folder, what overlaps, and where each is written", async () => {
    const folder = vscode.Uri.file(path.join(workspace, "network"));
    const plan = await until("a plan with overlaps", async () => {
      const [first] = await plans(folder);
      return first?.overlaps.length === 2 ? first : undefined;
    });
    assert.deepEqual(plan.files.map((file) => path.basename(file)).sort(), [
      "addressing.yaml",
      "cluster.yaml",
      "load-balancers.yaml",
    ]);
    assert.ok(
      plan.overlaps.some(({ first, second }) => `${first.text} ${second.text}`.includes("fd00:10:244:ff::/112")),
    );
  });

  it("is that of one file's cluster when a finding leads to it, which the light bulb offers", async () => {
    const document = await vscode.workspace.openTextDocument(path.join(workspace, "network/load-balancers.yaml"));
    await vscode.window.showTextDocument(document);
    const found = await until("the overlap", () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .find(({ message }) => message.startsWith("fd00:10:244:ff::/112 overlaps")),
    );
    const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      found.range,
    );
    const { command } = offered.find(({ title }) => title === "Show the address plan") ?? {};
    assert.equal(command?.command, "kube-ipv6.showPlan");
    assert.equal((await plans(command.arguments?.[0]))[0]?.overlaps.length, 2);
  });

  it("follows what is written", async () => {
    const watcher = vscode.workspace.createFileSystemWatcher("**/tmp-*");
    const watched = new Promise((resolve) => watcher.onDidCreate(resolve));
    const folder = await mkdtemp(path.join(workspace, "tmp-"));
    try {
      // What is written into a folder before VS Code has heard of the folder, it may never hear of.
      await watched;
      await writeFile(path.join(folder, "a.yaml"), "addressing:\n  site: 2001:db8:7::/48\n");
      const server = await (await activated()).language;
      await until("the server to have read the new file", async () => {
        const answer = await server.sendRequest("kube-ipv6/plan", {});
        return JSON.stringify(answer).includes("2001:db8:7::/48") || undefined;
      });
      const [plan] = await plans(vscode.Uri.file(folder));
      assert.ok(plan);
      assert.deepEqual(
        plan.roots.map(({ entries }) => entries[0]?.text),
        ["2001:db8:7::/48"],
      );
    } finally {
      watcher.dispose();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
