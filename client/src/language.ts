import { join } from "node:path";
import type * as vscode from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from "vscode-languageclient/node";
import * as messages from "#core/editor/messages.ts";
import { soughtGlobs } from "#core/manifest/program-file.ts";
import { shapeOf } from "#core/summary/summary.ts";
import { tell } from "./ask.ts";
import { tellWhatIsBeside } from "./beside.ts";
import type { Connection } from "./connection.ts";
import { tellFirstFindings } from "./first-findings.ts";
import { showAssumed } from "./language-status.ts";
import { manifestFilters } from "./manifest-language.ts";
import { scheme } from "./object/uri.ts";
import { answerOld } from "./old.ts";

/** Starts the language server beside the extension and lets it look at every YAML document, those of a cluster too, and at the files of programs that are no YAML. */
export async function startLanguage(context: vscode.ExtensionContext, connection: Connection): Promise<LanguageClient> {
  const module = context.asAbsolutePath("dist/server.cjs");
  // Compiled code is run without a look at it, so that it is kept where no other user can write.
  const args = ["--compile-cache", join(context.globalStorageUri.fsPath, "compiled")];
  const server: ServerOptions = {
    run: { module, args, transport: TransportKind.ipc },
    debug: { module, args, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
  };
  const options: LanguageClientOptions = {
    documentSelector: [
      ...["file", "untitled", scheme].flatMap(manifestFilters),
      // Another extension may have its own name for their languages.
      ...soughtGlobs.map((name) => ({ scheme: "file", pattern: `**/${name}` })),
    ],
    outputChannelName: "kube-ipv6",
    initializationOptions: { old: true, extension: true },
  };
  const client = new LanguageClient("kube-ipv6", "kube-ipv6", server, options);
  context.subscriptions.push({ dispose: () => client.stop() }, answerOld(client));
  await client.start();
  context.subscriptions.push(
    { dispose: tellOfCluster(client, connection) },
    tellWhatIsBeside(client),
    showAssumed(client),
    tellFirstFindings(context),
  );
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
  return connection.onChange(say);
}
