import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { activated } from "./activated.ts";
import { until } from "./until.ts";

const file = vscode.Uri.file(path.join(process.env.KUBE_IPV6_ROOT ?? "", "test/extension/workspace/policy.yaml"));

async function opened(uri: vscode.Uri): Promise<vscode.TextDocument> {
  await (await activated()).language;
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  await until("findings", () => vscode.languages.getDiagnostics(uri)[0]);
  return document;
}

describe("all fixes of a file", () => {
  it("are a list with the spelling ticked, which is what is mended if nobody changes it", async () => {
    const document = await opened(file);
    const before = document.getText();
    let ended = false;
    const applied = vscode.commands.executeCommand<boolean>("kube-ipv6.fixAllInFile", file).then((done) => {
      ended = true;
      return done;
    });
    // The list is no part of the API; the command that accepts it does nothing as long as there is none.
    await until("the end of the list", async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      return ended || undefined;
    });
    assert.equal(await applied, true);
    const mended = before.replace("2001:DB8:0:0::0080", '"2001:db8::80"');
    assert.equal(document.getText().replaceAll('"', ""), mended.replaceAll('"', ""));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before, "one step back");
  });

  it("stay unmade where saving fixes everything in the name of other linters, and are made under their own name", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-save-"));
    const name = path.join(folder, "policy.yaml");
    const text = readFileSync(file.fsPath, "utf8");
    writeFileSync(name, text);
    const editor = vscode.workspace.getConfiguration("editor");
    const saved = async (kind: string, typed: string): Promise<string> => {
      await editor.update("codeActionsOnSave", { [kind]: "explicit" }, vscode.ConfigurationTarget.Global);
      const document = await opened(vscode.Uri.file(name));
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), typed);
      await vscode.workspace.applyEdit(edit);
      await vscode.commands.executeCommand("workbench.action.files.save");
      await until("the file to be saved", () => (document.isDirty ? undefined : true));
      return readFileSync(name, "utf8");
    };
    try {
      assert.equal(await saved("source.fixAll", "# a\n"), `# a\n${text}`);
      const mended = await saved("source.kube-ipv6.fixAll", "# b\n");
      assert.equal(mended.replaceAll('"', ""), `# b\n# a\n${text.replace("2001:DB8:0:0::0080", "2001:db8::80")}`);
    } finally {
      await editor.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Global);
      rmSync(folder, { recursive: true });
    }
  });
});
