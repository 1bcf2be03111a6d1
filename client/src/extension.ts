import "./translated.ts";
import { setImmediate } from "node:timers/promises";
import * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient } from "vscode-languageclient";
import { offerTools } from "./agents.ts";
import { registerReadings } from "./capturing/register.ts";
import { offerHalfDone } from "./changes/half-done.ts";
import { registerDiffs } from "./changes/show-diff.ts";
import type { Environment } from "./command.ts";
import { commands } from "./commands/index.ts";
import { Connection } from "./connection.ts";
import { keepContextKeys } from "./context-keys.ts";
import { l10n } from "./l10n.ts";
import { offerRemoval } from "./left.ts";
import { lastLines, outputChannel, versions, writeDown } from "./log.ts";
import { registerObjects } from "./object/open.ts";
import { showResults } from "./object/result-lens.ts";
import { offerPlan } from "./plan/action.ts";
import { keepPlan } from "./plan/keep.ts";
import { registerCommands } from "./register-commands.ts";
import type { History } from "./report/history.ts";
import { offerHistory } from "./report/offer.ts";
import { sayError } from "./say.ts";
import { showStatus } from "./status.ts";
import { showBadges } from "./tree/badge.ts";
import { contextRows } from "./tree/contexts.ts";
import { TreeProvider } from "./tree/provider.ts";

/** What other extensions, and the tests, get from this one. */
export interface Api {
  readonly connection: Connection;
  readonly tree: TreeProvider;
  readonly history: History;
  /** Resolves when the language server answers; it starts beside everything else. */
  readonly language: Promise<LanguageClient>;
  /** What was written to the output channel last. */
  readonly log: () => readonly string[];
}

const CONTEXT = "context";

export function activate(context: vscode.ExtensionContext): Api {
  writeDown(versions(context));
  const connection = new Connection({
    kubeconfig: () => vscode.workspace.getConfiguration("kube-ipv6").get<string>("kubeconfig") || undefined,
    trusted: () => vscode.workspace.isTrusted,
    remembered: () => context.globalState.get<string>(CONTEXT),
    remember: (name) => void context.globalState.update(CONTEXT, name),
  });
  const diagnoses = offerHistory(context, connection);
  const tree = new TreeProvider(
    () => contextRows(connection.contexts),
    (object) => connection.markOf(object),
  );
  const again = () => {
    if (connection.asked) void connection.refresh();
  };
  context.subscriptions.push(
    outputChannel(),
    tree,
    { dispose: connection.onChange(() => tree.refresh()) },
    { dispose: () => connection.close() },
    vscode.window.createTreeView("kube-ipv6.cluster", {
      treeDataProvider: tree,
      showCollapseAll: true,
      canSelectMany: true,
    }),
    showBadges(),
    keepContextKeys(connection),
    vscode.workspace.onDidGrantWorkspaceTrust(again),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("kube-ipv6.kubeconfig")) again();
    }),
    registerObjects(connection),
    showResults(connection),
    registerDiffs(),
    registerReadings(),
    offerHalfDone(connection),
    offerRemoval(connection),
    diagnoses,
    registerCommands<Environment>(commands, { context, connection, ...diagnoses, language: () => language }),
    offerPlan(),
    keepPlan(context, () => language),
    offerTools(context, () => context.globalState.get<string>(CONTEXT)),
    showStatus(connection),
  );
  // Evaluating the language client takes longer than everything above, and nobody has to wait for it: not the next extension either.
  const language = setImmediate().then(async () => {
    const { startProcess } = await import("./language-node.ts");
    return startProcess(context, connection);
  });
  language.catch((error: unknown) => {
    sayError(l10n`The IPv6 checks of YAML files could not start: ${String(error)}`);
  });
  return { connection, tree, history: diagnoses.history, language, log: lastLines };
}
