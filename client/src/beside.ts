import * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient } from "vscode-languageclient";
import * as messages from "#core/editor/messages.ts";
import { tell } from "./ask.ts";
import { onRestart } from "./restarted.ts";

/**
 * Red Hat's YAML says itself that a key is there twice, and with a schema of Kubernetes which words a field takes; what it says is not said
 * a second time.
 */
export function tellWhatIsBeside(client: LanguageClient): vscode.Disposable {
  let told = "";
  const say = () => {
    const yaml = vscode.extensions.getExtension("redhat.vscode-yaml");
    const schemas = vscode.workspace.getConfiguration("yaml").get<Record<string, unknown>>("schemas") ?? {};
    const known = vscode.extensions.getExtension("ms-kubernetes-tools.vscode-kubernetes-tools") !== undefined;
    const beside = {
      duplicateKeys: yaml !== undefined,
      values: yaml !== undefined && (known || Object.keys(schemas).some((name) => /kubernetes/i.test(name))),
    };
    if (JSON.stringify(beside) === told) return;
    told = JSON.stringify(beside);
    void tell(client, messages.beside, beside);
  };
  say();
  return vscode.Disposable.from(
    onRestart(client, () => {
      told = "";
      say();
    }),
    vscode.extensions.onDidChange(say),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("yaml")) say();
    }),
  );
}
