import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { activated } from "./activated.ts";
import { until } from "./until.ts";

const manifest = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {a: b}, ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, ipv6]}
`;

describe("a rule in the editor", () => {
  let folder: string;
  let file: vscode.Uri;

  before(async () => {
    await (await activated()).language;
    folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-rule-"));
    file = vscode.Uri.file(path.join(folder, "web.yaml"));
    writeFileSync(file.fsPath, manifest);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
    await until("a finding", () => vscode.languages.getDiagnostics(file)[0]);
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true });
  });

  const actions = async () => {
    const [found] = vscode.languages.getDiagnostics(file);
    assert.ok(found);
    return vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", file, found.range);
  };

  it("is explained by a page of the extension", async () => {
    const explain = (await actions()).find(({ title }) => title === "Explain service-ip-families");
    assert.deepEqual(explain?.command?.arguments, ["service-ip-families"]);
    await vscode.commands.executeCommand("kube-ipv6.explainRule", "service-ip-families");
    await until("the page", () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ label }) => label.includes("service-ip-families")),
    );
  });

  it("is turned off for the folder in a file that is made, and judged no more", async () => {
    const settings = path.join(folder, ".kube-ipv6.yaml");
    // It waits for an answer to "Undo", which nobody gives.
    void vscode.commands.executeCommand("kube-ipv6.turnRuleOff", { rule: "service-ip-families", uri: file.toString() });
    await until("the file", () =>
      existsSync(settings) && readFileSync(settings, "utf8").includes("service-ip-families") ? true : undefined,
    );
    assert.equal(readFileSync(settings, "utf8"), 'rules:\n  service-ip-families: "off"\n');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
  });

  it("settings that are there are opened as they are", async () => {
    await vscode.commands.executeCommand("kube-ipv6.createSettings");
    const editor = await until("the settings", () =>
      vscode.window.activeTextEditor?.document.uri.fsPath.endsWith(".kube-ipv6.yaml")
        ? vscode.window.activeTextEditor
        : undefined,
    );
    assert.match(editor.document.getText(), /service-ip-families/);
  });
});

describe("the tools for agents", () => {
  it("are declared as they are registered", () => {
    const { contributes } = vscode.extensions.getExtension("kube-ipv6.kube-ipv6")?.packageJSON ?? {};
    assert.equal(contributes.mcpServerDefinitionProviders[0].id, "kube-ipv6.tools");
    // A provider whose id is not declared would have made the activation fail.
    assert.equal(vscode.extensions.getExtension("kube-ipv6.kube-ipv6")?.isActive, true);
  });
});
