import { join } from "node:path";
import type * as vscode from "vscode";
import { LanguageClient, type ServerOptions, TransportKind } from "vscode-languageclient/node";
import * as messages from "#core/editor/messages.ts";
import { shapeOf } from "#core/summary/summary.ts";
import { tell } from "./ask.ts";
import type { Connection } from "./connection.ts";
import { languageOptions, startLanguage } from "./language.ts";
import { answerOld } from "./old.ts";
import { onRestart } from "./restarted.ts";

/** Starts the language server in a process beside the extension. */
export async function startProcess(context: vscode.ExtensionContext, connection: Connection): Promise<LanguageClient> {
  const module = context.asAbsolutePath("dist/server.cjs");
  // Compiled code is run without a look at it, so that it is kept where no other user can write.
  const args = ["--compile-cache", join(context.globalStorageUri.fsPath, "compiled")];
  const server: ServerOptions = {
    run: { module, args, transport: TransportKind.ipc },
    debug: { module, args, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
  };
  const options = languageOptions({ old: true, extension: true });
  const client = new LanguageClient("kube-ipv6", "kube-ipv6", server, options);
  context.subscriptions.push(answerOld(client));
  await startLanguage(context, client);
  context.subscriptions.push({ dispose: tellOfCluster(client, connection) });
  return client;
}

/**
 * Lets rules know which families the connected cluster serves, the ranges of its Services and its version. A recorded cluster is
 * nobody's target.
 */
function tellOfCluster(client: LanguageClient, connection: Connection): () => void {
  let told = "{}";
  const say = () => {
    const summary = connection.demo === undefined ? connection.view?.summary() : undefined;
    const kubernetes = connection.view?.kubernetes();
    const live = summary
      ? { cluster: shapeOf(summary), serviceCIDRs: summary.services.ranges, ...(kubernetes ? { kubernetes } : {}) }
      : {};
    if (JSON.stringify(live) === told) return;
    told = JSON.stringify(live);
    void tell(client, messages.cluster, live);
  };
  say();
  const again = onRestart(client, () => {
    told = "{}";
    say();
  });
  const ended = connection.onChange(say);
  return () => {
    again.dispose();
    ended();
  };
}
