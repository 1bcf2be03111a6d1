import * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient } from "vscode-languageclient";
import * as messages from "#core/editor/messages.ts";
import { askServer } from "./ask.ts";
import { assumed, by } from "./assumed.ts";
import { l10n } from "./l10n.ts";
import { isManifestDocument, manifestFilters } from "./manifest-language.ts";
import { schemes } from "./schemes.ts";

/**
 * Says of the manifest at hand which families and which version it is judged for, who says so, and takes a click for another choice;
 * and tells menus whether it is a manifest at all.
 */
export function showAssumed(client: LanguageClient): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("kube-ipv6.assumed", [...schemes().flatMap(manifestFilters)]);
  item.name = "IPv6";
  item.command = { title: l10n`Change`, command: "kube-ipv6.chooseFamilies" };
  let asked = 0;
  const draw = async () => {
    const document = vscode.window.activeTextEditor?.document;
    const number = ++asked;
    const meant =
      document && isManifestDocument(document)
        ? await askServer(client, messages.file, { uri: document.uri.toString() }).catch(() => undefined)
        : undefined;
    if (number !== asked) return;
    void vscode.commands.executeCommand("setContext", "kube-ipv6.manifest", meant?.manifest === true);
    if (!meant) return;
    item.text = `IPv6: ${assumed(meant)}`;
    item.detail =
      meant.clusterBy === meant.kubernetesBy
        ? by(meant.clusterBy)
        : l10n`families: ${by(meant.clusterBy)}; version: ${by(meant.kubernetesBy)}`;
  };
  void draw();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(draw),
    vscode.workspace.onDidSaveTextDocument(draw),
    // A text becomes a manifest while it is written, and what it is judged for changes with the findings.
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const at = vscode.window.activeTextEditor?.document.uri.toString();
      if (uris.some((uri) => uri.toString() === at)) void draw();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("kube-ipv6")) void draw();
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // A kind is written on one line, and a paste has several.
      if (document === vscode.window.activeTextEditor?.document && contentChanges.some(({ text }) => /\n|:/.test(text)))
        void draw();
    }),
  );
}
