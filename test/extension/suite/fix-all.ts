import assert from "node:assert/strict";
import path from "node:path";
import * as vscode from "vscode";
import { activated } from "./activated.ts";
import { until } from "./until.ts";

const file = vscode.Uri.file(path.join(process.env.KUBE_IPV6_ROOT ?? "", "test/extension/workspace/policy.yaml"));

describe("all fixes of a file", () => {
  it("wait in the refactor preview until somebody has looked at them", async () => {
    await (await activated()).language;
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    await until("findings", () => vscode.languages.getDiagnostics(file)[0]);
    const before = document.getText();
    let ended = false;
    const applied = vscode.commands.executeCommand<boolean>("kube-ipv6.fixAllInFile", file).then(() => {
      ended = true;
    });
    // The preview is no part of the API; the command that discards it does nothing as long as there is none.
    await until("the end of the preview", async () => {
      await vscode.commands.executeCommand("refactorPreview.discard");
      return ended || undefined;
    });
    await applied;
    assert.equal(document.getText(), before, "nothing was changed");
  });
});
